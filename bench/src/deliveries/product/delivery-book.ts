import { DatabaseLocation } from '../../databases/database-location.js';
import { WatchedDatabase, watchDatabase } from '../../databases/watched-database.js';
import { becomesTrue } from '../../processes/poll.js';

const TIMEOUT_MS = 120_000;

/** A count walks through an index: often enough for the figure, seldom enough not to slow what it watches. */
const POLL_MS = 20;

const DELIVERIES = 'SELECT count(*) FROM deliveries d';
const ATTEMPTS = 'SELECT count(*) FROM deliveries d JOIN attempts a ON a.delivery_id = d.id';
const ACKNOWLEDGED = 'a.status = 200';
const DELIVERED = `d.status = 'delivered'`;

export interface Tally {
  attempts: number;
  /** Attempts that were answered 200. */
  acknowledged: number;
  delivered: number;
}

/** What the publisher's own database says, read beside the service. */
export class DeliveryBook {
  private constructor(private readonly database: WatchedDatabase) {}

  /** Throws when the database is not there. */
  static async open(location: DatabaseLocation): Promise<DeliveryBook> {
    return new DeliveryBook(await watchDatabase(location));
  }

  /** Waits until this many deliveries are stored, sent or not. */
  async prepared(deliveries: number): Promise<void> {
    await this.#reaches('deliveries stored', DELIVERIES, deliveries);
  }

  /** Waits until this many attempts are stored; answers the moment in epoch milliseconds. */
  async recorded(attempts: number): Promise<number> {
    await this.#reaches('attempts recorded', 'SELECT count(*) FROM attempts', attempts);
    return Date.now();
  }

  /** Waits until this many attempts at these subscriptions together are stored. */
  async recordedOf(subscriptionIds: readonly string[], attempts: number): Promise<void> {
    await this.#reaches('attempts recorded', `${ATTEMPTS} WHERE ${goesTo(subscriptionIds)}`, attempts);
  }

  /** What is not as it must be when every one of `deliveries` was acknowledged at its first attempt; undefined if nothing. */
  async fault(deliveries: number): Promise<string | undefined> {
    return faultIn(await this.#tally('true'), deliveries);
  }

  /** The same of the deliveries to these subscriptions. */
  async faultOf(subscriptionIds: readonly string[], deliveries: number): Promise<string | undefined> {
    return faultIn(await this.tallyOf(subscriptionIds), deliveries);
  }

  tallyOf(subscriptionIds: readonly string[]): Promise<Tally> {
    return this.#tally(goesTo(subscriptionIds));
  }

  close(): Promise<void> {
    return this.database.close();
  }

  async #tally(which: string): Promise<Tally> {
    return {
      attempts: await this.database.number(`${ATTEMPTS} WHERE ${which}`),
      acknowledged: await this.database.number(`${ATTEMPTS} WHERE ${which} AND ${ACKNOWLEDGED}`),
      delivered: await this.database.number(`${DELIVERIES} WHERE ${which} AND ${DELIVERED}`),
    };
  }

  async #reaches(what: string, query: string, count: number): Promise<void> {
    const reached = async () => (await this.database.number(query)) >= count;
    await becomesTrue(`${count} ${what}`, reached, { timeoutMs: TIMEOUT_MS, intervalMs: POLL_MS });
  }
}

/** Ids are the publisher's own. A list may be empty. */
const goesTo = (subscriptionIds: readonly string[]): string =>
  `d.subscription_id IN (${subscriptionIds.map((id) => `'${id}'`).join() || 'NULL'})`;

function faultIn({ attempts, acknowledged, delivered }: Tally, deliveries: number): string | undefined {
  if (attempts === deliveries && acknowledged === deliveries && delivered === deliveries) return undefined;
  return `of ${deliveries} deliveries ${delivered} are delivered, with ${attempts} attempts, ${acknowledged} of them answered 200`;
}
