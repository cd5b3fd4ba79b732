import { newId } from '@holdfast/contracts';
import { prune } from '@holdfast/messaging';
import { dialects } from '@holdfast/testing';
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

  it('go once where two instances prune at once', async () => {
    await storeAnswers(Array.from({ length: 450 }, newId));
    const later = Date.now() + KEPT_HOURS * HOUR_MS + 1;
    const [one, other] = await Promise.all([pruneAt(later), pruneAt(later)]);
    expect(one + other).toBe(450);
  });
});
