import { setTimeout as sleep } from 'node:timers/promises';
import { DemoError } from './demo.errors.js';
import { type Delivery, HoldfastApi, type Order, type Product } from './holdfast.api.js';
import { Subscriber } from './subscriber.js';
import { shortSubject, Timeline } from './timeline.js';

export interface Stage {
  api: HoldfastApi;
  subscriber: Subscriber;
  timeline: Timeline;
  webhookId: string;
  /** Time to read between the acts, in milliseconds. */
  pauseMs: number;
  signal: AbortSignal;
}

const CONFIRMED = ['order.created', 'product.stockReserved', 'order.confirmed'];
const REJECTED = ['order.created', 'product.stockReserved', 'order.rejected'];
const CANCELLED = [...CONFIRMED, 'order.cancelled', 'product.stockReleased'];

/** What the acts take of a product: 2, 1, 1 and 1 units. */
const UNITS_NEEDED = 5;

const FAILURES = 2;
const TRIED_IN_VAIN = 'order.created';

/** The acts, one after the other. Rejects when something does not arrive before `signal` is aborted. */
export async function tellStory(stage: Stage): Promise<void> {
  const { plentiful, scarce } = choose(await stage.api.products());
  await orderThatIsConfirmed(stage, plentiful);
  await orderThatIsRefused(stage, scarce);
  await orderThatIsCancelled(stage, plentiful);
  await subscriberThatFails(stage, plentiful);
  await whatTheApiTells(stage);
}

function choose(products: readonly Product[]): { plentiful: Product; scarce: Product } {
  const [scarce, ...others] = products.toSorted((one, other) => one.stock.available - other.stock.available);
  const plentiful = others.at(-1) ?? scarce;
  if (scarce === undefined || plentiful === undefined || plentiful.stock.available < UNITS_NEEDED) {
    throw new DemoError(`The demo needs a product with ${UNITS_NEEDED} units in stock, and the catalogue has none.`);
  }
  return { plentiful, scarce };
}

async function orderThatIsConfirmed(stage: Stage, product: Product): Promise<void> {
  await begin(stage, '1  An order that is confirmed');
  await arrived(stage, await place(stage, 1, product, 2), CONFIRMED);
}

async function orderThatIsRefused(stage: Stage, product: Product): Promise<void> {
  await begin(stage, `2  An order that is refused: one more than the ${product.stock.available} there are`);
  await arrived(stage, await place(stage, 2, product, product.stock.available + 1), REJECTED);
}

async function orderThatIsCancelled(stage: Stage, product: Product): Promise<void> {
  await begin(stage, '3  An order that is confirmed, then cancelled: its stock comes back');
  const order = await place(stage, 3, product, 1);
  await arrived(stage, order, CONFIRMED);
  const { status } = await stage.api.cancelOrder(order.id);
  stage.timeline.call('POST /orders/{id}/cancel', `${shortSubject(`order/${order.id}`)}  ${status}`);
  await arrived(stage, order, CANCELLED);
}

async function subscriberThatFails(stage: Stage, product: Product): Promise<void> {
  await begin(
    stage,
    '4  The subscriber fails twice: that order waits, its events in order; the next one does not wait',
  );
  stage.subscriber.fail({ type: TRIED_IN_VAIN, reference: referenceOf(stage, 4), times: FAILURES });
  const waiting = await place(stage, 4, product, 1);
  await stage.subscriber.arrivals.untilRefused(`order/${waiting.id}`, stage.signal);
  const unhindered = await place(stage, 5, product, 1);
  await arrived(stage, unhindered, CONFIRMED);
  await arrived(stage, waiting, CONFIRMED);
}

async function whatTheApiTells(stage: Stage): Promise<void> {
  await begin(stage, '5  What the API tells of the delivery that failed');
  const { api, timeline } = stage;
  const found = await finishedDelivery(stage);
  timeline.call('GET /deliveries/{id}', `${found.eventType}  ${found.status} after ${found.attemptCount} attempts`);
  for (const attempt of (await api.delivery(found.id)).attempts) timeline.attempt(attempt);
}

/** The publisher records an attempt a moment after the subscriber has answered it. */
async function finishedDelivery({ api, webhookId, subscriber, signal }: Stage): Promise<Delivery> {
  const retried = subscriber.arrivals.all.find(({ attempt }) => attempt > 1);
  for (;;) {
    const deliveries = await api.deliveries(webhookId, TRIED_IN_VAIN);
    const delivery = deliveries.find(({ eventId }) => eventId === retried?.eventId);
    if (delivery?.status === 'delivered') return delivery;
    await sleep(100, undefined, { signal });
  }
}

async function begin({ timeline, pauseMs, signal }: Stage, title: string): Promise<void> {
  await sleep(pauseMs, undefined, { signal });
  timeline.act(title);
}

async function place(stage: Stage, number: number, product: Product, quantity: number): Promise<Order> {
  const order = await stage.api.placeOrder(product.sku, quantity, referenceOf(stage, number));
  const what = `${quantity} × ${product.name}`;
  stage.timeline.call('POST /orders', `${shortSubject(`order/${order.id}`)}  ${what}  ${order.status}`);
  return order;
}

/** What the client calls its order; of two demos at a time, each gets the other's callbacks too. */
const referenceOf = ({ webhookId }: Stage, number: number): string => `demo-${webhookId.slice(-6)}-${number}`;

const arrived = ({ subscriber, signal }: Stage, { id }: Order, types: readonly string[]): Promise<void> =>
  subscriber.arrivals.untilAccepted(`order/${id}`, types, signal);
