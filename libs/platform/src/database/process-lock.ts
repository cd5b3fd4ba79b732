/**
 * A right that one process at a time has, of all that share a database: to publish its event log, say. It is lost with the
 * connection that holds it, so two processes may believe for a moment that they have it: what is done under it must bear that.
 */
export interface ProcessLock {
  /** Tries to take it, without waiting. True when this process has it now, or had it already. */
  take(): Promise<boolean>;
  /** False as soon as the connection that holds it is known to be lost. */
  readonly held: boolean;
  /** Wakes the process that has it: there is something to do. Nothing is kept for one that does not have it yet. */
  call(): Promise<void>;
  /** Calls `listener` in the process that has it when another one calls. */
  onCall(listener: () => void): void;
  release(): Promise<void>;
}

/** The lock of a database that one process has to itself, as it has a SQLite file that it owns. */
export class SoleProcessLock implements ProcessLock {
  readonly held = true;

  async take(): Promise<boolean> {
    return true;
  }

  async call(): Promise<void> {}

  onCall(): void {}

  async release(): Promise<void> {}
}
