import { promises as dns, type LookupAddress } from 'node:dns';

/** Looks a name up: all its addresses, in the order in which they are to be tried. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/**
 * Two seconds are ten times what a recursive look-up takes; the second try waits twice as long. A name whose servers are
 * dead is given up within about six seconds, which leaves time for an answer that only the second try gets.
 */
const PATIENCE = { timeout: 2_000, tries: 2 };

/** DNS says that there is no such name, or no address of it. ECONNREFUSED: there is no DNS on this machine. */
const DENIALS = ['ENOTFOUND', 'ENODATA', 'ECONNREFUSED'];

/** As the system answers, /etc/hosts and search domains included; the order is the resolver's (RFC 6724). */
export const resolveBySystem: Resolve = (hostname) => dns.lookup(hostname, { all: true, order: 'verbatim' });

/**
 * As DNS answers, without a thread: any number of names are asked for at once, and a dead one delays no other. IPv4 comes
 * first, for many containers have no route for IPv6.
 *
 * @param servers as `host:port`; those of /etc/resolv.conf unless given.
 */
export function resolveByDns(servers?: readonly string[]): Resolve {
  const resolver = new dns.Resolver(PATIENCE);
  if (servers !== undefined) resolver.setServers(servers);
  return async (hostname) => {
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' ? answer.value.map((address) => entry(address, index === 0 ? 4 : 6)) : [],
    );
    if (addresses.length > 0) return addresses;
    const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    // A question that got no answer may have addresses: the name is not denied by the other one alone.
    throw failures.find((failure) => !isDenied(failure)) ?? failures[0] ?? new Error(`no address of ${hostname}`);
  };
}

/** Whether a look-up by DNS failed because DNS does not have the name, not because it did not answer. */
export const isDenied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && DENIALS.includes(String(error.code));

const entry = (address: string, family: 4 | 6): LookupAddress => ({ address, family });
