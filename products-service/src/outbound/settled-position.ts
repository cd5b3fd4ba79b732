import { type Queries } from '@holdfast/platform';

// An INSERT takes this lock before it takes a position, and keeps it until its transaction has ended and can be seen.
const WRITERS = `
  SELECT virtualtransaction AS id FROM pg_locks
  WHERE relation = 'stock_movements'::regclass AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Up to which position of the ledger nothing can come any more. On PostgreSQL positions are given out in order but become
 * visible when their transactions commit, so one below the newest may still come: until all transactions have ended that
 * were writing the ledger when the newest was visible.
 */
export class SettledPosition {
  private settled = 0;
  private settling: { position: number; writers: ReadonlySet<string> } | undefined;

  constructor(private readonly queries: Queries) {}

  /** Asked for before the ledger is read. */
  async position(): Promise<number> {
    if (this.settling) {
      const { position, writers } = this.settling;
      const running = await this.writers();
      if (!running.some((id) => writers.has(id))) {
        this.settled = position;
        this.settling = undefined;
      }
    }
    return this.settled;
  }

  /** @param newest the last position that was visible. */
  async watch(newest: number): Promise<void> {
    if (this.settling || newest <= this.settled) return;
    this.settling = { position: newest, writers: new Set(await this.writers()) };
  }

  private async writers(): Promise<string[]> {
    const rows = await this.queries.all<{ id: string }>(WRITERS);
    return rows.map(({ id }) => id);
  }
}
