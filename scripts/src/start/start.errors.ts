/** Why the system does not start: one clear sentence for the person at the terminal, and nothing else is printed. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The person asked to stop while the system was still starting. */
export class StartInterrupted extends Error {
  override readonly name = 'StartInterrupted';
}
