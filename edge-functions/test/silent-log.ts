import { type Log } from '../shared/log.ts';

const nothing = (): void => {};

/** For tests that have no interest in a log. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
