import { join } from 'node:path';
import Database from 'better-sqlite3';
import { becomesTrue } from '../../processes/poll.js';

const TIMEOUT_MS = 120_000;

/** A count walks through an index: often enough for the figure, seldom enough not to slow what it watches. */
const POLL_MS = 20;

/** What the publisher's own database says, read beside the service. */
export class DeliveryBook {
  readonly #database: Database.Database;

  constructor(dataDir: string) {
    this.#database = new Database(join(dataDir, 'webhooks.db'), { readonly: true });
  }

  /** Waits until this many deliveries are stored, sent or not. */
  async prepared(deliveries: number): Promise<void> {
    await this.#reaches('deliveries stored', 'SELECT count(*) FROM deliveries', deliveries);
  }

  /** Waits until this many attempts are stored; answers the moment in epoch milliseconds. */
  async recorded(attempts: number): Promise<number> {
    await this.#reaches('attempts recorded', 'SELECT count(*) FROM attempts', attempts);
    return Date.now();
  }

  /** What is not as it must be when every one of `deliveries` was acknowledged at its first attempt; undefined if nothing. */
  fault(deliveries: number): string | undefined {
    const attempts = this.#count('SELECT count(*) FROM attempts');
    const acknowledged = this.#count('SELECT count(*) FROM attempts WHERE status = 200');
    const delivered = this.#count(`SELECT count(*) FROM deliveries WHERE status = 'delivered'`);
    if (attempts === deliveries && acknowledged === deliveries && delivered === deliveries) return undefined;
    return `of ${deliveries} deliveries ${delivered} are delivered, with ${attempts} attempts, ${acknowledged} of them answered 200`;
  }

  close(): void {
    this.#database.close();
  }

  async #reaches(what: string, query: string, count: number): Promise<void> {
    const reached = () => this.#count(query) >= count;
    await becomesTrue(`${count} ${what}`, reached, { timeoutMs: TIMEOUT_MS, intervalMs: POLL_MS });
  }

  #count(query: string): number {
    return Number(this.#database.prepare(query).pluck().get());
  }
}
