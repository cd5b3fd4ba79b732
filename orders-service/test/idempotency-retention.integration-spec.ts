import { newId } from '@holdfast/contracts';
import { prune } from '@holdfast/messaging';
import { aCreateOrder, dialects } from '@holdfast/testing';
import { PlaceOrder } from '../src/app/place-order.js';
import { viewOf } from '../src/domain/order.js';
import { idempotencyRetention } from '../src/outbound/idempotency-retention.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';
import { anOrder, OrderBook } from './order-book.harness.js';

const HOUR_MS = 3_600_000;
const KEPT_HOURS = 72;

describe.each(dialects)('idempotency keys on %s', (dialect) => {
  let book: OrderBook;

  beforeEach(async () => {
    book = await OrderBook.open(dialect);
  });
  afterEach(() => book.close());

  const orders = new SqlOrderRepository();
  const pruneAt = (now: number) =>
    prune(idempotencyRetention(KEPT_HOURS), book.database.unitOfWork, now, new AbortController().signal);
  const find = (key: string) => book.database.unitOfWork.run((tx) => orders.findAnswer(tx, 'shop', key));

  async function storeAnswers(keys: readonly string[]): Promise<void> {
    const order = anOrder();
    await book.store(order);
    const answer = { fingerprint: 'f', orderId: order.id, answer: viewOf(order) };
    await book.database.unitOfWork.run(async (tx) => {
      for (const key of keys) await orders.storeAnswer(tx, 'shop', key, answer);
    });
  }

  it('are kept for as long as is configured, and then go, however many', async () => {
    const stored = Date.now();
    const keys = Array.from({ length: 450 }, newId);
    await storeAnswers(keys);
    expect(await pruneAt(stored + KEPT_HOURS * HOUR_MS)).toBe(0);
    expect(await find(String(keys[0]))).toBeDefined();
    expect(await pruneAt(Date.now() + KEPT_HOURS * HOUR_MS + 1)).toBe(450);
    expect(await find(String(keys[0]))).toBeUndefined();
  });

  describe('a request that comes late, as one that was redriven', () => {
    const placeOrder = new PlaceOrder(orders, KEPT_HOURS);
    const placed = (idempotencyKey: string | undefined, ageHours: number, messageId: string = newId()) =>
      book.database.unitOfWork.run((tx) =>
        placeOrder.execute(tx, aCreateOrder({ idempotencyKey }), {
          ...{ messageId, correlationId: messageId, traceparent: undefined },
          occurredAt: Date.now() - ageHours * HOUR_MS,
        }),
      );

    it('is taken while its key cannot be forgotten', async () => {
      expect(await placed(newId(), KEPT_HOURS / 2 - 1)).toMatchObject({ ok: true, value: { replayed: false } });
    });

    it('is not taken any more after that: what its client has ordered under its key since may be forgotten', async () => {
      await expect(placed(newId(), KEPT_HOURS / 2 + 1)).rejects.toMatchObject({ code: 'REQUEST_TOO_OLD' });
    });

    it('still gets its answer when it is known by its key, or by its own id', async () => {
      const [key, messageId] = [newId(), newId()];
      const first = await placed(key, 0, messageId);
      expect(await placed(key, KEPT_HOURS, messageId)).toEqual(first);
      await pruneAt(Date.now() + KEPT_HOURS * HOUR_MS + 1);
      expect(await placed(key, KEPT_HOURS, messageId)).toEqual(first);
    });

    it('is taken without a key: it is known by its own id for ever', async () => {
      expect(await placed(undefined, 2 * KEPT_HOURS)).toMatchObject({ ok: true });
    });
  });

  it('go once where two instances prune at once', async () => {
    await storeAnswers(Array.from({ length: 450 }, newId));
    const later = Date.now() + KEPT_HOURS * HOUR_MS + 1;
    const [one, other] = await Promise.all([pruneAt(later), pruneAt(later)]);
    expect(one + other).toBe(450);
  });
});
