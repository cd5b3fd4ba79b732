import { type EventTypeFilter } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type DeliveryRange, type DeliveryTally, type Replay, type ReplayRepository } from '../app/owner.ports.js';
import { type DeliveryRecord } from '../app/ports.js';

const IN_RANGE = 'subscription_id = ? AND id > ? AND id < ?';

const TALLY = `
  SELECT event_type AS "eventType", status, CAST(count(*) AS INTEGER) AS deliveries
  FROM deliveries WHERE ${IN_RANGE} GROUP BY event_type, status`;

const PIECE = `
  SELECT id, event_type AS "eventType", status FROM deliveries WHERE ${IN_RANGE} ORDER BY id LIMIT ?`;

const INSERT = `
  INSERT INTO replays (id, subscription_id, event_types, only_missing, after_id, until_id) VALUES (?, ?, ?, ?, ?, ?)`;

const NEXT = `
  SELECT id, subscription_id AS "subscriptionId", event_types AS "eventTypes", only_missing AS "onlyMissing",
    after_id AS "afterId", until_id AS "untilId"
  FROM replays ORDER BY id LIMIT 1`;
const NEXT_IN = { sqlite: NEXT, postgres: `${NEXT} FOR UPDATE SKIP LOCKED` };

type ReplayRow = Omit<Replay, 'eventTypes' | 'onlyMissing'> & { eventTypes: string; onlyMissing: number };

/** Replays in plain SQL in the caller's transaction. */
export class SqlReplayRepository implements ReplayRepository {
  tally(tx: Transaction, range: DeliveryRange): Promise<DeliveryTally[]> {
    return tx.all<DeliveryTally>(TALLY, boundsOf(range));
  }

  async insert(tx: Transaction, replay: Replay): Promise<void> {
    const { id, subscriptionId, eventTypes, onlyMissing, afterId, untilId } = replay;
    await tx.run(INSERT, [id, subscriptionId, JSON.stringify(eventTypes), onlyMissing ? 1 : 0, afterId, untilId]);
  }

  async next(tx: Transaction): Promise<Replay | undefined> {
    const row = await tx.get<ReplayRow>(NEXT_IN[tx.dialect]);
    if (!row) return undefined;
    return { ...row, eventTypes: JSON.parse(row.eventTypes) as EventTypeFilter[], onlyMissing: row.onlyMissing === 1 };
  }

  deliveriesOf(
    tx: Transaction,
    range: DeliveryRange,
    limit: number,
  ): Promise<Pick<DeliveryRecord, 'id' | 'eventType' | 'status'>[]> {
    return tx.all(PIECE, [...boundsOf(range), limit]);
  }

  async moveTo(tx: Transaction, id: string, afterId: string): Promise<void> {
    await tx.run('UPDATE replays SET after_id = ? WHERE id = ?', [afterId, id]);
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.run('DELETE FROM replays WHERE id = ?', [id]);
  }
}

const boundsOf = ({ subscriptionId, afterId, untilId }: DeliveryRange): string[] => [subscriptionId, afterId, untilId];
