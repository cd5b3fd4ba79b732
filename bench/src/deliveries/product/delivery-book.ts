import { join } from 'node:path';
import Database from 'better-sqlite3';
import { becomesTrue } from '../../processes/poll.js';

const TIMEOUT_MS = 120_000;

/** A count walks through an index: often enough for the figure, seldom enough not to slow what it watches. */
const POLL_MS = 20;

const TALLY_OF = `
  SELECT count(a.number) AS attempts, coalesce(sum(a.status = 200), 0) AS acknowledged,
    count(DISTINCT CASE d.status WHEN 'delivered' THEN d.id END) AS delivered
  FROM deliveries d JOIN attempts a ON a.delivery_id = d.id
  WHERE d.subscription_id IN (SELECT value FROM json_each(?))`;

export interface Tally {
  attempts: number;
  /** Attempts that were answered 200. */
  acknowledged: number;
  /** Deliveries, of those that were attempted. */
  delivered: number;
}

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

  /** Waits until this many attempts at these subscriptions together are stored. */
  async recordedOf(subscriptionIds: readonly string[], attempts: number): Promise<void> {
    const reached = () => this.tallyOf(subscriptionIds).attempts >= attempts;
    await becomesTrue(`${attempts} attempts recorded`, reached, { timeoutMs: TIMEOUT_MS, intervalMs: POLL_MS });
  }

  /** What is not as it must be when every one of `deliveries` was acknowledged at its first attempt; undefined if nothing. */
  fault(deliveries: number): string | undefined {
    const attempts = this.#count('SELECT count(*) FROM attempts');
    const acknowledged = this.#count('SELECT count(*) FROM attempts WHERE status = 200');
    const delivered = this.#count(`SELECT count(*) FROM deliveries WHERE status = 'delivered'`);
    return faultIn({ attempts, acknowledged, delivered }, deliveries);
  }

  /** The same of the deliveries to these subscriptions. */
  faultOf(subscriptionIds: readonly string[], deliveries: number): string | undefined {
    return faultIn(this.tallyOf(subscriptionIds), deliveries);
  }

  tallyOf(subscriptionIds: readonly string[]): Tally {
    return this.#database.prepare(TALLY_OF).get(JSON.stringify(subscriptionIds)) as Tally;
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

function faultIn({ attempts, acknowledged, delivered }: Tally, deliveries: number): string | undefined {
  if (attempts === deliveries && acknowledged === deliveries && delivered === deliveries) return undefined;
  return `of ${deliveries} deliveries ${delivered} are delivered, with ${attempts} attempts, ${acknowledged} of them answered 200`;
}
