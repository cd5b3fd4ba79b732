import { promises as dns, type LookupAddress } from 'node:dns';

/** Looks a name up: all its addresses, in the order in which they are to be tried. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** As the system answers, /etc/hosts included; the order is the resolver's (RFC 6724). */
export const resolveBySystem: Resolve = (hostname) => dns.lookup(hostname, { all: true, order: 'verbatim' });

/**
 * Asks once for a name that several connections wait for. The system's look-ups run on four threads, and one of a name
 * whose servers are dead takes ten seconds or more: without this the connections to one such name would keep every other
 * name waiting. Nothing is kept longer than the look-up takes.
 */
export function askingOnce(resolve: Resolve): Resolve {
  const running = new Map<string, ReturnType<Resolve>>();
  return (hostname) => {
    const known = running.get(hostname);
    if (known !== undefined) return known;
    const asked = resolve(hostname).finally(() => running.delete(hostname));
    running.set(hostname, asked);
    return asked;
  };
}
