/** Grows from here, doubling: five retries are spread over about six seconds, a restart of a gateway or a broker. */
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;

/** Who is told to come back later than this hears of it instead of seeming to hang. */
const LONGEST_RETRY_AFTER_MS = 30_000;

/** "Too many requests", "no service behind the proxy", "nothing was done" and "it is not known what was done". */
const TRANSIENT: readonly number[] = [429, 502, 503, 504];

/**
 * How long to wait, in milliseconds, before a request is sent again that may be; undefined where it is not to be.
 *
 * @param answer undefined when none came.
 * @param failures how many attempts failed before this one.
 * @param random from 0 to below 1: spreads clients that failed at the same moment.
 */
export function retryDelay(answer: Response | undefined, failures: number, random: number): number | undefined {
  const spread = random * Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS);
  if (answer === undefined) return spread;
  if (!TRANSIENT.includes(answer.status) && !isStillRunning(answer)) return undefined;
  const asked = retryAfterMs(answer.headers.get('retry-after'));
  return asked <= LONGEST_RETRY_AFTER_MS ? asked + spread : undefined;
}

/**
 * The attempt before is not done yet, as after a connection that broke while the gateway was at work: its key is in use.
 * No other conflict says when to come back.
 */
const isStillRunning = ({ status, headers }: Response): boolean => status === 409 && headers.has('retry-after');

/** Seconds or a date (RFC 9110, 10.2.3); 0 where there is nothing that can be understood. */
function retryAfterMs(header: string | null): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Math.max(0, ms || 0);
}
