import { randomBytes } from 'node:crypto';
import { type OrderView, type WebhookWithSecret } from '@holdfast/contracts';
import { messagesIn, queuesOnTheWay, type ReceivedCallback, WebhookReceiver, waitUntil } from '@holdfast/testing';
import { type OrderRequest } from '../api-client.js';
import { Books, type OrderRow } from '../books.js';
import { placeUntilAccepted } from '../persistent-buyer.js';
import { settled } from '../settled.js';
import { type Stand, startStand } from '../stand.js';
import { OperatorShell } from './operator-shell.js';

/** Where its subscriber is told of everything. */
const PATH = '/restore';

const AT_A_TIME = 10;

/** An order as its buyer knows it. */
export type KnownOrder = Omit<OrderRow, 'version' | 'updatedAt'>;

/** A system with a subscriber, and somebody who does what the runbook says. */
export class RestoreStand {
  readonly books: Books;
  /** Of the subscriber. */
  webhookId = '';
  private placed = 0;

  private constructor(
    readonly stand: Stand,
    readonly shell: OperatorShell,
    private readonly receiver: WebhookReceiver,
  ) {
    this.books = new Books(stand.system.dataDir);
  }

  static async start(): Promise<RestoreStand> {
    const receiver = await WebhookReceiver.start();
    const stand = await startStand({
      WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      RECONCILE_INTERVAL_MS: '250',
      // A machine that is busy with other tests may take long over an answer; no test here is about that.
      REQUEST_TIMEOUT_MS: '60000',
    });
    const started = new RestoreStand(stand, new OperatorShell(stand), receiver);
    await started.subscribe().catch(async (error: unknown) => {
      await started.close();
      throw error;
    });
    return started;
  }

  /** Places orders, half of them under a key, a few at a time. */
  async place(requests: readonly OrderRequest[]): Promise<OrderView[]> {
    const orders: OrderView[] = [];
    for (let from = 0; from < requests.length; from += AT_A_TIME) {
      const some = requests.slice(from, from + AT_A_TIME);
      orders.push(...(await Promise.all(some.map((request) => this.placeOne(request)))));
    }
    return orders;
  }

  /** Under this key, as often as somebody likes. */
  async placeAs(key: string, request: OrderRequest): Promise<OrderView> {
    return (await placeUntilAccepted(this.stand.system.shop(), key, request)).order;
  }

  async cancel(orders: readonly { id: string }[]): Promise<void> {
    for (const { id } of orders) {
      const { status, text } = await this.stand.system.shop().cancelOrder(id);
      if (status !== 200) throw new Error(`${id} was not cancelled: ${status} ${text}`);
    }
  }

  /** Waits until nothing is under way and subscribers have been told of it. */
  async settles(): Promise<void> {
    await settled(this.stand);
    await waitUntil('the subscriber has been told how each order ended', () => this.untold().length === 0, {
      timeoutMs: 90_000,
    });
  }

  /** Waits until webhook-publisher has stored all that it has been told. */
  async publisherHasAll(orders: readonly { id: string }[]): Promise<void> {
    await waitUntil('webhook-publisher keeps the orders', () => {
      const kept = new Set(this.books.subjects('order.created'));
      return orders.every(({ id }) => kept.has(`order/${id}`));
    });
    await waitUntil('its queue is empty', async () => {
      const queues = await messagesIn(this.stand.amqpUrl, queuesOnTheWay(['webhooks_queue']));
      return Object.keys(queues).length === 0;
    });
  }

  knownOrders(): KnownOrder[] {
    return this.books.orders().map(({ version: _version, updatedAt: _updatedAt, ...order }) => order);
  }

  /** What the subscriber was told of an order, in the order of arrival. */
  toldOf(orderId: string): ReceivedCallback[] {
    return this.receiver.acceptedOn(PATH).filter(({ subject }) => subject === `order/${orderId}`);
  }

  /** Ids of all events that the subscriber was told of. */
  toldIds(): Set<string> {
    return new Set(this.receiver.acceptedOn(PATH).map(({ id }) => id));
  }

  async close(): Promise<void> {
    await this.stand.close();
    await this.receiver.close();
  }

  /** Orders whose last news is not what they are. */
  untold(): string[] {
    const news = new Map<string, string>();
    for (const { subject, type } of this.receiver.acceptedOn(PATH))
      if (type.startsWith('order.')) news.set(subject, type);
    return this.books
      .orders()
      .filter(({ id, status }) => news.get(`order/${id}`) !== `order.${status.toLowerCase()}`)
      .map(({ id }) => id);
  }

  private async subscribe(): Promise<void> {
    await this.stand.system.startOne('webhook-publisher');
    const request = { url: `${this.receiver.origin}${PATH}`, eventTypes: ['*'] };
    const { body } = await this.stand.system.operator().request<WebhookWithSecret>('POST', '/webhooks', {}, request);
    this.receiver.expects(PATH, body.secret);
    this.webhookId = body.id;
  }

  private async placeOne(request: OrderRequest): Promise<OrderView> {
    const number = this.placed;
    this.placed += 1;
    if (number % 2 === 0) return this.placeAs(`restore-${number}`, request);
    const { status, body, text } = await this.stand.system.shop().placeOrder(request);
    if (status !== 201) throw new Error(`the order was not accepted: ${status} ${text}`);
    return body;
  }
}
