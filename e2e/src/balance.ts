import { type OrderStatus } from '@holdfast/contracts';
import { groupedBy } from '@holdfast/testing';
import { type ProductRequest } from './api-client.js';
import { Books, type ItemRow, type OrderRow, type ReservationRow } from './books.js';
import { CATALOGUE } from './catalogue.js';
import { type Purchase } from './order-load.js';
import { checkStock } from './stock-check.js';

/** Faults that are named at most, of each kind; the first ones say enough. */
const NAMED = 3;

/**
 * Holds what clients were told against the databases, and the databases against each other.
 *
 * @param purchases everything that was ever ordered in this system by the client `shop`.
 * @returns what is wrong, in sentences; empty when everything is as it has to be.
 */
export async function faultsIn(dataDir: string, purchases: readonly Purchase[]): Promise<string[]> {
  const books = new Books(dataDir);
  const orders = books.orders();
  const items = groupedBy(books.items(), ({ orderId }) => orderId);
  const check = await checkStock(dataDir);
  return [
    ...lostOrders(orders, purchases),
    ...named(
      'is not final',
      orders.filter(({ status }) => status === 'PENDING').map(({ id }) => id),
    ),
    ...named(
      'was cancelled and is not known to have given its stock back',
      orders.filter(({ status, stockReleased }) => status === 'CANCELLED' && !stockReleased).map(({ id }) => id),
    ),
    ...wrongTotals(orders, items),
    ...CATALOGUE.flatMap((product) => wrongStock(product, books, orders, items)),
    ...wrongReservations(books, orders),
    ...wrongHoldings(books, orders, items),
    ...wrongHistories(books, orders),
    ...(check.exitCode === 0 ? [] : [`the stock check fails: ${check.output}`]),
  ];
}

/** Every key has exactly one order, the one that each of its answers named; and no order is without a key. */
function lostOrders(orders: readonly OrderRow[], purchases: readonly Purchase[]): string[] {
  const byKey = groupedBy(orders, ({ idempotencyKey }) => idempotencyKey);
  const faults = purchases.flatMap(({ key, answers }) => {
    const found = byKey.get(`shop:${key}`) ?? [];
    byKey.delete(`shop:${key}`);
    if (found.length !== 1) return [`${key} has ${found.length} orders`];
    return answers.every(({ id }) => id === found[0]?.id) ? [] : [`${key} was answered with another order`];
  });
  return [...firstOf(faults), ...named('was ordered by nobody', [...byKey.keys()])];
}

function wrongTotals(orders: readonly OrderRow[], items: ReadonlyMap<string, ItemRow[]>): string[] {
  const wrong = orders.filter(({ id, status, totalAmount }) => {
    const sum = (items.get(id) ?? []).reduce((amount, line) => amount + line.quantity * (line.unitAmount ?? 0), 0);
    // One that is cancelled keeps the total that it was confirmed with.
    const sold = status === 'CONFIRMED' || (status === 'CANCELLED' && totalAmount !== null);
    return sold ? totalAmount !== sum : totalAmount !== null;
  });
  return named(
    'has a wrong total',
    wrong.map(({ id }) => id),
  );
}

/** What is left is what there was, less what is confirmed. */
function wrongStock(
  { sku, stock }: ProductRequest,
  books: Books,
  orders: readonly OrderRow[],
  items: ReadonlyMap<string, ItemRow[]>,
): string[] {
  const product = books.products().find((row) => row.sku === sku);
  if (!product) return [];
  const confirmed = orders
    .filter(({ status }) => status === 'CONFIRMED')
    .flatMap(({ id }) => items.get(id) ?? [])
    .filter((line) => line.sku === sku)
    .reduce((units, { quantity }) => units + quantity, 0);
  const { available, reserved, sold } = product;
  if (available === stock - confirmed && reserved === confirmed && sold === 0 && available >= 0) return [];
  return [`${sku}: ${available} available, ${reserved} reserved, ${confirmed} confirmed of ${stock}`];
}

const OUTCOMES: Record<OrderStatus, ReservationRow['status'] | undefined> = {
  PENDING: undefined,
  CONFIRMED: 'RESERVED',
  REJECTED: 'REFUSED',
  CANCELLED: 'RELEASED',
};

/** One reservation for every order, with the same outcome. */
function wrongReservations(books: Books, orders: readonly OrderRow[]): string[] {
  const outcomes = new Map(books.reservations().map(({ orderId, status }) => [orderId, status]));
  const wrong = orders.filter(({ id, status }) => {
    const outcome = outcomes.get(id);
    outcomes.delete(id);
    return outcome !== OUTCOMES[status];
  });
  return [
    ...named(
      'does not agree with its reservation',
      wrong.map(({ id }) => id),
    ),
    ...named('is reserved for no order', [...outcomes.keys()]),
  ];
}

/** By the ledger a confirmed order holds its units, taken once; any other holds nothing, and was given them once at most. */
function wrongHoldings(books: Books, orders: readonly OrderRow[], items: ReadonlyMap<string, ItemRow[]>): string[] {
  const holdings = new Map(books.holdings().map((row) => [row.orderId, row]));
  const wrong = orders.filter(({ id, status, totalAmount }) => {
    const { held, taken } = holdings.get(id) ?? { held: 0, taken: 0 };
    const units = (items.get(id) ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
    if (status === 'CONFIRMED') return held !== units || taken !== units;
    if (status === 'CANCELLED') return held !== 0 || (taken !== units && (taken !== 0 || totalAmount !== null));
    return taken !== 0;
  });
  return named(
    'does not hold what it should',
    wrong.map(({ id, status }) => `${id} (${status})`),
  );
}

/** Whatever was repeated, each thing has happened once. */
function wrongHistories(books: Books, orders: readonly OrderRow[]): string[] {
  const typesOf = (service: 'orders' | 'products') =>
    new Map([...groupedBy(books.events(service), ({ streamId }) => streamId)].map(([id, rows]) => [id, typesIn(rows)]));
  const histories = typesOf('orders');
  const reservations = typesOf('products');
  const wrong = orders.filter((order) => {
    const history = ['order.created', 'product.reserveStock', ...endOf(order)].join();
    const told = order.status === 'CANCELLED' ? 'product.stockReserved,product.stockReleased' : 'product.stockReserved';
    return histories.get(`order/${order.id}`) !== history || reservations.get(`reservation/${order.id}`) !== told;
  });
  return named(
    'has a wrong history',
    wrong.map(({ id }) => `${id} (${histories.get(`order/${id}`)})`),
  );
}

/** What has happened to an order after its stock was asked for. */
function endOf({ status, totalAmount }: OrderRow): string[] {
  if (status !== 'CANCELLED') return [`order.${status.toLowerCase()}`];
  return [...(totalAmount === null ? [] : ['order.confirmed']), 'order.cancelled', 'product.releaseStock'];
}

const typesIn = (rows: readonly { type: string }[]): string => rows.map(({ type }) => type).join();

const named = (fault: string, names: readonly string[]): string[] => firstOf(names.map((name) => `${name} ${fault}`));

const firstOf = (faults: readonly string[]): string[] =>
  faults.length <= NAMED ? [...faults] : [...faults.slice(0, NAMED), `… and ${faults.length - NAMED} more like that`];
