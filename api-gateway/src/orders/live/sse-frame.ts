import { type OrderChange } from '@holdfast/contracts';

/** How long a client waits before it connects again, in milliseconds; what the HTML standard calls reconnection time. */
const RECONNECT_MS = 3_000;

/** The first thing on a stream. */
export const GREETING = `retry: ${RECONNECT_MS}\n\n`;

/** A comment, which clients skip: it keeps proxies from dropping a connection on which nothing happens. */
export const HEARTBEAT = ':\n\n';

/** A change as an event of the HTML standard, section 9.2.6. JSON has no line breaks, so that its data is one line. */
export const frameOf = (change: OrderChange): string =>
  `id: ${change.version}\nevent: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`;
