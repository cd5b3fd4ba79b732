import { type EventTypeFilter } from '@holdfast/contracts';
import { forUpdate, type Transaction } from '@holdfast/platform';
import { type DeliveryRange, type Replay, type ReplayRepository } from '../app/owner.ports.js';
import { type DeliveryRecord } from '../app/ports.js';

const PIECE = `
  SELECT id, event_type AS "eventType", status FROM deliveries
  WHERE subscription_id = ? AND id > ? AND id < ? ORDER BY id LIMIT ?`;

const INSERT = `
  INSERT INTO replays (id, subscription_id, event_types, only_missing, after_id, until_id) VALUES (?, ?, ?, ?, ?, ?)`;

const BY_ID = `
  SELECT id, subscription_id AS "subscriptionId", event_types AS "eventTypes", only_missing AS "onlyMissing",
    after_id AS "afterId", until_id AS "untilId"
  FROM replays WHERE id = ?`;

type ReplayRow = Omit<Replay, 'eventTypes' | 'onlyMissing'> & { eventTypes: string; onlyMissing: number };

/** Replays in plain SQL in the caller's transaction. */
export class SqlReplayRepository implements ReplayRepository {
  async insert(tx: Transaction, replay: Replay): Promise<void> {
    const { id, subscriptionId, eventTypes, onlyMissing, afterId, untilId } = replay;
    await tx.run(INSERT, [id, subscriptionId, JSON.stringify(eventTypes), onlyMissing ? 1 : 0, afterId, untilId]);
  }

  async next(tx: Transaction, leftOut: readonly string[]): Promise<string | undefined> {
    const others = leftOut.length === 0 ? '' : ` WHERE id NOT IN (${leftOut.map(() => '?').join(', ')})`;
    const sql = `SELECT id FROM replays${others} ORDER BY id LIMIT 1${forUpdate(tx, 'skip')}`;
    return (await tx.get<{ id: string }>(sql, leftOut))?.id;
  }

  async get(tx: Transaction, id: string): Promise<Replay> {
    const row = await tx.get<ReplayRow>(BY_ID, [id]);
    if (!row) throw new Error(`there is no replay ${id}`);
    return { ...row, eventTypes: JSON.parse(row.eventTypes) as EventTypeFilter[], onlyMissing: row.onlyMissing === 1 };
  }

  deliveriesOf(
    tx: Transaction,
    { subscriptionId, afterId, untilId }: DeliveryRange,
    limit: number,
  ): Promise<Pick<DeliveryRecord, 'id' | 'eventType' | 'status'>[]> {
    return tx.all(PIECE, [subscriptionId, afterId, untilId, limit]);
  }

  async moveTo(tx: Transaction, id: string, afterId: string): Promise<void> {
    await tx.run('UPDATE replays SET after_id = ? WHERE id = ?', [afterId, id]);
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.run('DELETE FROM replays WHERE id = ?', [id]);
  }
}
