const BUSY = /^SQLITE_(BUSY|LOCKED)/;

/** Whether another connection is why, of this process or another. */
export const isBusy = (error: unknown): boolean => BUSY.test(sqliteCodeOf(error));

/**
 * `SQLITE_FULL` and the like; empty for what is no error of SQLite's. Not by `instanceof Error`: the addon makes its errors
 * with the class of whoever loaded it first, maybe of another realm.
 */
export const sqliteCodeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
