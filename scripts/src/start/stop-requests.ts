/**
 * One Ctrl-C under `npm start` arrives twice: from the terminal, and again from npm, which passes signals on. A person's
 * second one comes later than this.
 */
const SAME_REQUEST_MS = 1_000;

export interface StopRequests {
  /** Somebody asks to stop. */
  first: () => void;
  /** Somebody asks again, because stopping takes too long. */
  again: () => void;
}

/** Listens for SIGINT, SIGTERM, SIGHUP and for standard output being closed (`npm start | head`). */
export function onStopRequests({ first, again }: StopRequests): void {
  let firstAt: number | undefined;
  const stop = () => {
    firstAt ??= Date.now();
    first();
  };
  const onSignal = () => {
    if (firstAt === undefined) stop();
    else if (Date.now() - firstAt > SAME_REQUEST_MS) again();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  process.stdout.on('error', () => {
    if (firstAt === undefined) stop();
  });
}
