/** What a function keeps its records in failed or did not answer; the same callback may succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
