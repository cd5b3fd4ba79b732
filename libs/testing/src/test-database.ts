import { join } from 'node:path';
import {
  type Database,
  type DatabaseLocation,
  type DatabaseOptions,
  type Dialect,
  openDatabase,
  type UnitOfWorkMetrics,
} from '@holdfast/platform';
import { newDataDir } from './data-dir.js';
import { testPostgres } from './postgres.js';

/** What a suite that both databases have to pass is run for: `describe.each(dialects)('… on %s', (dialect) => …)`. */
export const dialects: readonly Dialect[] = ['sqlite', 'postgres'];

type Schema = Pick<DatabaseOptions, 'entities' | 'migrations'>;

/** A new empty database of either kind, which several processes of the test may open as a service does. */
export class TestDatabase {
  /** Pieces in each commit of the databases opened here, and how many groups could not be committed. */
  readonly commits: number[] = [];
  failures = 0;
  private readonly opened: Database[] = [];

  private constructor(
    readonly location: DatabaseLocation,
    private readonly remove: () => Promise<void>,
  ) {}

  static async create(dialect: Dialect): Promise<TestDatabase> {
    if (dialect === 'sqlite') {
      const file = join(newDataDir(), 'test.db');
      return new TestDatabase({ dialect, file }, async () => undefined);
    }
    const { url, close } = await testPostgres();
    return new TestDatabase({ dialect, url }, close);
  }

  /** Opens it, as one more instance of a service; it is closed with the test database, or before. */
  async open(schema: Schema): Promise<Database> {
    const metrics: UnitOfWorkMetrics = {
      committed: (pieces) => this.commits.push(pieces),
      failed: () => (this.failures += 1),
    };
    const database = await openDatabase({ location: this.location, ...schema }, metrics);
    let closed: Promise<void> | undefined;
    const opened: Database = {
      ...database,
      close: () => {
        closed ??= database.close();
        return closed;
      },
    };
    this.opened.push(opened);
    return opened;
  }

  async close(): Promise<void> {
    for (const database of this.opened) await database.close();
    await this.remove();
  }
}
