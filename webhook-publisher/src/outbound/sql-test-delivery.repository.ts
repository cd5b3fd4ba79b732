import { newId } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type TestDeliveryRepository } from '../app/owner.ports.js';
import { type LeasedDelivery } from '../app/ports.js';
import { type SubscribedEvent } from '../domain/event.js';
import { takeTurn } from './subject-turns.sql.js';

const INSERT_PAYLOAD = `
  INSERT INTO payloads (event_id, type, subject, data, correlation_id, occurred_at, deliveries)
  VALUES (?, ?, ?, ?, ?, ?, 1)`;

const INSERT_LEASED = `
  INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, sequence, previous_event_id, status,
    attempts, tries, due_at, lease, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', 0, 0, ?, ?, ?)`;

/** Deliveries of tests, in plain SQL in the caller's transaction. */
export class SqlTestDeliveryRepository implements TestDeliveryRepository {
  async insert(
    tx: Transaction,
    event: SubscribedEvent,
    subscriptionId: string,
    { lease, until, now }: { lease: string; until: number; now: number },
  ): Promise<LeasedDelivery> {
    const { id: eventId, type, subject, data, correlationId, occurredAt } = event;
    await tx.run(INSERT_PAYLOAD, [eventId, type, subject, data, correlationId, occurredAt]);
    // A test waits for nothing, whatever else there is to tell of its webhook.
    const turn = await takeTurn(tx, { id: subscriptionId, ordering: 'none' }, subject, eventId);
    const { sequence, previousEventId } = turn;
    const id = newId();
    const place = [subject, sequence, previousEventId];
    await tx.run(INSERT_LEASED, [id, subscriptionId, eventId, type, ...place, until, lease, now]);
    return {
      ...{ id, eventId, type, subject, data, occurredAt, sequence, previousEventId },
      ...{ tries: 0, createdAt: now, notBefore: now },
    };
  }
}
