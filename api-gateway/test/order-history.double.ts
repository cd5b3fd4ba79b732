import {
  accepted,
  newId,
  type OrderChange,
  type OrderChanges,
  type OrderChangeType,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { EVENTS_EXCHANGE } from '@holdfast/messaging';
import { type AmqpProbe } from '@holdfast/testing';
import { type Received, type ServicesDouble } from './services.double.js';

const STATUS = {
  'order.created': 'PENDING',
  'order.confirmed': 'CONFIRMED',
  'order.rejected': 'REJECTED',
  'order.cancelled': 'CANCELLED',
} as const;

/** Orders with their histories, as orders-service has them: all are the client shop's. */
export class OrderHistoryDouble {
  private readonly histories = new Map<string, OrderChange[]>();

  constructor(private readonly probe: AmqpProbe) {}

  /** An order that was created, and what else has happened to it without anybody being told. */
  order(...types: OrderChangeType[]): string {
    const id = newId();
    this.histories.set(id, []);
    for (const type of ['order.created', ...types] as const) this.note(id, type);
    return id;
  }

  /** Something happens to an order; nobody is told yet. */
  note(orderId: string, type: OrderChangeType, data: Record<string, unknown> = { orderId }): void {
    const history = this.histories.get(orderId) ?? [];
    const status = STATUS[type];
    history.push({ version: history.length + 1, type, status, at: new Date().toISOString(), data });
  }

  /** The event of it passes. */
  tell(orderId: string, type: OrderChangeType): void {
    const ids = { correlationId: orderId, messageId: newId() };
    this.probe.raw.publish(EVENTS_EXCHANGE, type, Buffer.from('{}'), { ...ids, type });
  }

  happens(orderId: string, type: OrderChangeType): void {
    this.note(orderId, type);
    this.tell(orderId, type);
  }

  /** Answers `orders.events` from now on. */
  answerFor(services: ServicesDouble): void {
    services.answers.set('orders.events', (request) => this.answer(request));
  }

  answer({ data }: Received): Reply<OrderChanges> {
    const { orderId, caller, afterVersion } = data as {
      orderId: string;
      caller: { role: string; clientId: string };
      afterVersion: number;
    };
    const history = this.histories.get(orderId);
    const last = history?.at(-1);
    if (!last || (caller.role !== 'operator' && caller.clientId !== 'shop')) {
      return refused('ORDER_NOT_FOUND', 'There is no such order.');
    }
    const changes = history?.filter(({ version }) => version > afterVersion) ?? [];
    return accepted({ version: last.version, status: last.status, changes });
  }
}
