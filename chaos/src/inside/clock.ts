/**
 * Has this thread believe that it is earlier or later: `Date.now()` and every `Date` of now. Timers count on, as they do
 * on a machine whose clock is wrong; so does `performance.now()`.
 *
 * @param offsetMs added to the time; an hour forward is 3_600_000.
 */
export function shiftClock(offsetMs: number): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => realNow() + offsetMs;
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
}
