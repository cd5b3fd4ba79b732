import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Queries } from '@holdfast/platform';
import { type DeliveryCounter, type DeliveryRange, type DeliveryTally } from '../app/owner.ports.js';

// At most some 6 µs each on SQLite, which works on the event loop: 12 ms, then whatever else waits has its turn.
const PIECE = 2_000;

const PIECE_END = `
  SELECT id FROM deliveries WHERE subscription_id = ? AND id > ? AND id < ? ORDER BY id LIMIT 1 OFFSET ${PIECE - 1}`;

// With one upper bound: of two SQLite would seek by the first only, and read on to the end of the range for every piece.
const tallyTo = (bound: '<' | '<='): string => `
  SELECT event_type AS "eventType", status, CAST(count(*) AS INTEGER) AS deliveries FROM deliveries
  WHERE subscription_id = ? AND id > ? AND id ${bound} ? GROUP BY event_type, status`;
const TALLY_PIECE = tallyTo('<=');
const TALLY_REST = tallyTo('<');

/** Counts in plain SQL, piece by piece, on the connections that only read. */
export class SqlDeliveryCounter implements DeliveryCounter {
  constructor(private readonly queries: Queries) {}

  async tally({ subscriptionId, afterId, untilId }: DeliveryRange): Promise<DeliveryTally[]> {
    const tallies: DeliveryTally[] = [];
    for (let after: string | undefined = afterId; after !== undefined; ) {
      const [end]: { id: string }[] = await this.queries.all(PIECE_END, [subscriptionId, after, untilId]);
      const sql = end ? TALLY_PIECE : TALLY_REST;
      tallies.push(...(await this.queries.all<DeliveryTally>(sql, [subscriptionId, after, end?.id ?? untilId])));
      after = end?.id;
      await nextTurn();
    }
    return tallies;
  }
}
