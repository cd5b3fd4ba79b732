/** A copy that did not begin, or was taken back whole; its message says what is to be done first. */
export class CopyRefusedError extends Error {
  override readonly name = 'CopyRefusedError';
}
