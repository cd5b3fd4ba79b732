/** The longest a caller is kept waiting for an order to be final. Proxies commonly cut a silent request after 60 s. */
export const MAX_WAIT_S = 30;

const WAIT = /^\s*wait\s*=\s*(?:"([0-9]{1,9})"|([0-9]{1,9}))\s*(?:;|$)/i;
const IS_WAIT = /^\s*wait\s*(?:[=;]|$)/i;

/**
 * Reads `wait` from a `Prefer` header (RFC 7240): how long the caller would rather wait for a final answer. Of several the
 * first counts; one that cannot be read is no preference, never an error.
 *
 * @returns seconds, 1 to {@link MAX_WAIT_S}, or undefined where the caller does not want to wait.
 */
export function preferredWaitS(header: string | string[] | undefined): number | undefined {
  if (header === undefined) return undefined;
  const preference = String(header)
    .split(',')
    .find((text) => IS_WAIT.test(text));
  const value = preference === undefined ? undefined : WAIT.exec(preference);
  const seconds = Math.min(Number(value?.[1] ?? value?.[2] ?? 0), MAX_WAIT_S);
  return seconds > 0 ? seconds : undefined;
}
