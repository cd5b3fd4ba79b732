/** Why the demo does not come to its end: one clear sentence for the person at the terminal. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
