import { newId } from '@holdfast/contracts';
import { type AmqpProbe, openProbe, type TestBroker, testBroker, WebhookReceiver, waitUntil } from '@holdfast/testing';
import { anOrderCreated, anOrderRejected, publisherEnvironment, RunningPublisher } from './publisher.harness.js';

const ORDERS = 2_500;
const EVENTS_PER_ORDER = 4;

// An attempt fails with this chance; 15 retries leave one delivery in 10^8 dead.
const FAILURE = 0.3;
const SCHEDULE = Array<string>(15).fill('0.02').join(',');

let broker: TestBroker;
let probe: AmqpProbe;
let receiver: WebhookReceiver;
let publisher: RunningPublisher;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  receiver = await WebhookReceiver.start();
  const env = { ...(await publisherEnvironment(broker.url)), WEBHOOK_RETRY_SCHEDULE: SCHEDULE };
  publisher = await RunningPublisher.start(probe, env);
});

afterAll(async () => {
  await publisher.stop();
  await receiver.close();
  await probe.close();
  await broker.close();
});

/** A small generator of its own (mulberry32), so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('10,000 events to a subscriber that fails at random all arrive, in order per subject, none missing', async () => {
  const seed = Date.now() % 2 ** 31;
  const chance = random(seed);
  receiver.react = () => {
    const draw = chance();
    if (draw > FAILURE) return { status: 204 };
    if (draw < FAILURE / 3) return 'reset';
    return { status: draw < FAILURE / 2 ? 302 : 500 };
  };
  await publisher.subscribe(receiver, '/random');
  const orders = Array.from({ length: ORDERS }, () => newId());
  for (let round = 0; round < EVENTS_PER_ORDER; round += 1) {
    await publisher.publishAll(
      orders.map((orderId) =>
        round === 0
          ? { type: 'order.created', data: anOrderCreated(orderId) }
          : { type: 'order.rejected', data: anOrderRejected(orderId) },
      ),
    );
  }
  const total = ORDERS * EVENTS_PER_ORDER;
  const complete = () => new Set(receiver.acceptedOn('/random').map(({ id }) => id)).size >= total;
  await waitUntil(`all events are accepted (seed ${seed})`, complete, { timeoutMs: 500_000 });

  const bySubject = new Map<string, { id: string; sequence: number; previousEventId: string | null }[]>();
  const ids = new Set<string>();
  for (const callback of receiver.acceptedOn('/random')) {
    // Accepted twice is possible where an answer was lost; the first one counts for the order.
    if (ids.has(callback.id)) continue;
    ids.add(callback.id);
    bySubject.set(callback.subject, [...(bySubject.get(callback.subject) ?? []), callback]);
  }
  expect(ids.size).toBe(total);
  expect(bySubject.size).toBe(ORDERS);
  for (const events of bySubject.values()) {
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(events.map(({ previousEventId }) => previousEventId)).toEqual([
      null,
      ...events.slice(0, 3).map(({ id }) => id),
    ]);
  }
}, 600_000);
