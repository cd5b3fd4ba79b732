import { type Caller, newId, type TimelinePart, timelinePartSchema, type WebhookEventType } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { ShowAttempts } from '../src/app/show-attempts.js';
import { SqlAttemptHistory } from '../src/outbound/sql-attempt.history.js';
import { operator, other, shop } from './owner.builders.js';
import { Owners } from './owners.harness.js';

interface Given {
  at?: number;
  /** Whether the row that says when it was taken is still there. */
  inbox?: boolean;
  type?: WebhookEventType;
}

describe.each(dialects)('the attempts to tell of an event on %s', (dialect) => {
  let owners: Owners;
  let showAttempts: ShowAttempts;
  let mine: string;
  let alsoMine: string;
  let theirs: string;
  let ofOperator: string;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
    showAttempts = new ShowAttempts(new SqlAttemptHistory(owners.database.queries));
    mine = (await owners.subscribed()).id;
    alsoMine = (await owners.subscribed()).id;
    theirs = (await owners.subscribed({ caller: other })).id;
    ofOperator = (await owners.subscribed({ caller: operator })).id;
  });
  afterAll(() => owners.close());

  /** An event as the publisher takes it, for these subscriptions. */
  async function taken(subscriptionIds: readonly string[], { at, inbox = true, type = 'order.created' }: Given = {}) {
    const id = newId();
    const now = at ?? Date.now();
    const event = {
      id,
      type,
      subject: `order/${id}`,
      owner: 'shop',
      data: '{}',
      correlationId: id,
      occurredAt: now - 5,
    };
    await owners.transact(async (tx) => {
      if (inbox) {
        await tx.run("INSERT INTO inbox (message_id, consumer, processed_at) VALUES (?, 'webhook-publisher', ?)", [
          id,
          now,
        ]);
      }
      const receivers = subscriptionIds.map((one) => ({ id: one, ordering: 'per-subject' as const }));
      await owners.deliveries.prepare(tx, event, receivers, now);
    });
    return id;
  }

  /** So many failed attempts of every delivery of an event, a second apart, and one that succeeds. */
  async function attempted(eventId: string, failures: number): Promise<void> {
    const rows = await owners.rows<{ id: string }>('SELECT id FROM deliveries WHERE event_id = ?', [eventId]);
    const now = Date.now();
    await owners.transact(async (tx) => {
      for (const { id } of rows) {
        for (let number = 1; number <= failures + 1; number += 1) {
          const outcome = number > failures ? [204, null, null] : [null, 'CONNECTION_REFUSED', 'it was refused'];
          await tx.run(
            `INSERT INTO attempts (delivery_id, number, at, duration_ms, status, error, detail, answer)
             VALUES (?, ?, ?, 3, ?, ?, ?, 'a secret of the endpoint')`,
            [id, number, now + number * 1_000, ...outcome],
          );
        }
      }
    });
  }

  async function shown(caller: Caller, ...eventIds: string[]): Promise<TimelinePart> {
    const reply = await showAttempts.execute({ caller, eventIds });
    if (!reply.ok) throw new Error(reply.error.code);
    return timelinePartSchema.parse(reply.value);
  }

  const webhooksIn = ({ entries }: TimelinePart) => new Set(entries.map(({ data }) => data.webhookId));

  it('are those of the caller: a client its own, an operator everyone', async () => {
    const eventId = await taken([mine, alsoMine, theirs, ofOperator]);
    await attempted(eventId, 0);
    expect(webhooksIn(await shown(shop, eventId))).toEqual(new Set([mine, alsoMine]));
    expect(webhooksIn(await shown(other, eventId))).toEqual(new Set([theirs]));
    expect(webhooksIn(await shown(operator, eventId))).toEqual(new Set([mine, alsoMine, theirs, ofOperator]));
    expect(webhooksIn(await shown({ role: 'client', clientId: 'ops' }, eventId))).toEqual(new Set());
  });

  it('say what came of each, oldest first, and nothing of what the endpoint answered', async () => {
    const eventId = await taken([mine], { type: 'order.confirmed' });
    await attempted(eventId, 2);
    const { entries } = await shown(shop, eventId);
    expect(entries).toMatchObject([
      { type: 'order.confirmed', causedBy: eventId, data: { number: 1, error: 'CONNECTION_REFUSED', status: null } },
      { data: { number: 2, detail: 'it was refused', deliveryStatus: 'pending' } },
      { data: { number: 3, status: 204, error: null, webhookId: mine, durationMs: 3 } },
    ]);
    const deliveryId = String(entries[0]?.data.deliveryId);
    expect(entries.map(({ id }) => id)).toEqual([1, 2, 3].map((number) => `${deliveryId}/${number}`));
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it('are found for each of several events, among those of thousands, once each', async () => {
    const wanted: string[] = [];
    for (let count = 0; count < 300; count += 1) {
      const eventId = await taken([theirs, mine]);
      if (count % 100 === 50) wanted.push(eventId);
    }
    for (const eventId of wanted) await attempted(eventId, 0);
    const { entries } = await shown(shop, ...wanted, ...wanted, newId(), 'sha256-of something');
    expect(entries.map(({ causedBy }) => causedBy).sort()).toEqual([...wanted].sort());
  });

  it('are found although the row that says when the event was taken is pruned', async () => {
    const eventId = await taken([mine], { inbox: false });
    await attempted(eventId, 0);
    expect((await shown(shop, eventId)).entries).toHaveLength(1);
  });

  it('of a subscription that was deleted are not told', async () => {
    const { id } = await owners.subscribed();
    const eventId = await taken([id, mine]);
    await attempted(eventId, 0);
    await owners.delete({ caller: shop, webhookId: id });
    expect(webhooksIn(await shown(shop, eventId))).toEqual(new Set([mine]));
  });

  it('are 1,000 at most', async () => {
    const events = [await taken([mine]), await taken([mine])];
    for (const eventId of events) await attempted(eventId, 600);
    const part = await shown(shop, ...events);
    expect([part.entries.length, part.truncated]).toEqual([1_000, true]);
    expect((await shown(shop, events[0] as string)).truncated).toBe(false);
  });
});
