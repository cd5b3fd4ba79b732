import { isDenied, type Resolve } from './name-sources.js';
import { isPrivateName } from './url-policy.js';

export interface NameSources {
  /** Asks any number of names at once. */
  readonly dns: Resolve;
  /** Knows /etc/hosts and search domains beside DNS; few of its look-ups run at once. */
  readonly system: Resolve;
}

/** A system look-up takes milliseconds; behind one of a dead name no other waits for its whole deadline. */
const TURN_MS = 5_000;

/**
 * Asks DNS for public names, and the system for private ones and for those that DNS does not have, such as `shop.sales` in
 * Kubernetes, which is found by its search domains, and names in /etc/hosts.
 *
 * The system's look-up (getaddrinfo) blocks a thread of libuv, which runs two of them at once in the whole process, and
 * one of a name whose servers are dead takes ten seconds and more: two such names would hold up every other look-up, the
 * database's and the broker's too. Such names are left to DNS: one that does not answer is never passed on to the system.
 * A server can deny a name and then be silent, so what is denied is asked for one at a time, apart from private names.
 */
export function byDnsOrSystem({ dns, system }: NameSources): Resolve {
  const [forPrivate, forDenied] = [oneAtATime(system, TURN_MS), oneAtATime(system, TURN_MS)];
  return async (hostname) => {
    if (isPrivateName(hostname)) return forPrivate(hostname);
    try {
      return await dns(hostname);
    } catch (error) {
      if (!isDenied(error)) throw error;
      return forDenied(hostname);
    }
  };
}

/**
 * Look-ups one after another.
 *
 * @param turnMs who has not had its turn by then fails with ETIMEOUT and is not asked for.
 */
export function oneAtATime(resolve: Resolve, turnMs: number): Resolve {
  let last: Promise<void> = Promise.resolve();
  return (hostname) =>
    new Promise((answer, fail) => {
      let waiting = true;
      const timer = setTimeout(() => {
        waiting = false;
        fail(Object.assign(new Error(`the look-up of ${hostname} had no turn`), { code: 'ETIMEOUT' }));
      }, turnMs);
      last = last.then(async () => {
        clearTimeout(timer);
        if (waiting) await resolve(hostname).then(answer, fail);
      });
    });
}

/**
 * Asks once for a name that several connections wait for, so that one name has one place among those asked for. Nothing is
 * kept longer than the look-up takes: every later connection asks again.
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
