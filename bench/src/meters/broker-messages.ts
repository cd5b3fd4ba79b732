import { setTimeout as delay } from 'node:timers/promises';
import { RabbitmqServer } from '@holdfast/local-servers';

/** RabbitMQ's channels report every 5 s (collect_statistics_interval); a count that stood still for longer is complete. */
const STEADY_MS = 6_000;
const POLL_MS = 500;
const LONGEST_WAIT_MS = 30_000;

interface Overview {
  message_stats?: { publish?: number };
}

/** Messages that clients have published to the broker since its start, replies included. Waits until the count is complete. */
export async function publishedMessages(broker: RabbitmqServer): Promise<number> {
  let published = await readPublished(broker);
  let steadySince = Date.now();
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() - steadySince < STEADY_MS && Date.now() < deadline) {
    await delay(POLL_MS);
    const now = await readPublished(broker);
    if (now !== published) steadySince = Date.now();
    published = now;
  }
  return published;
}

async function readPublished({ managementUrl, user, password }: RabbitmqServer): Promise<number> {
  const response = await fetch(new URL('/api/overview', managementUrl), {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`The management API answered ${response.status}.`);
  const overview = (await response.json()) as Overview;
  return overview.message_stats?.publish ?? 0;
}
