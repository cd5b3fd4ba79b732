import Database from 'better-sqlite3';

/** Opens a database that survives a power loss: write-ahead log, synced at every commit. */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file, { timeout: 500 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  return database;
}

/**
 * Runs all work that arrived since the last commit in one transaction, so that the sync of a commit is shared.
 * The next group fills while the event loop is held by the current commit.
 */
export class GroupCommit<Work> {
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  #waiting: Work[] = [];

  /** `apply` writes one piece of work; `committed` gets the group once it is on disk. A failure of either is fatal. */
  constructor(
    database: Database.Database,
    private readonly apply: (work: Work) => void,
    private readonly committed: (group: readonly Work[]) => void,
  ) {
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  add(work: Work): void {
    this.#waiting.push(work);
    if (this.#waiting.length === 1) setImmediate(() => this.#run());
  }

  #run(): void {
    const group = this.#waiting;
    this.#waiting = [];
    this.#begin.run();
    for (const work of group) this.apply(work);
    this.#commit.run();
    this.committed(group);
  }
}
