/**
 * Reservations per second on PostgreSQL, 64 at a time, where all orders want the same product and where they want any of a
 * thousand, of one line and of two; each alone, and in turns (ADR 17). The last column is the ratio of hot to spread.
 * Run: `npm run build && node bench/dist/micro/hot-products.js`
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startPostgres } from '@holdfast/local-servers';
import { type Database, openDatabase } from '../../../libs/platform/dist/index.js';
import { namesOf } from '../../../products-service/dist/app/product-names.js';
import { ReserveStock } from '../../../products-service/dist/app/reserve-stock.js';
import { productsSchema } from '../../../products-service/dist/app.module.js';
import { SqlReservationRepository } from '../../../products-service/dist/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../../../products-service/dist/outbound/sql-stock.repository.js';

const CONCURRENCY = 64;
const PRODUCTS = 1_000;
const SECONDS = 3;
const ROUNDS = 3;

const sku = (index: number): string => `SKU-${index}`;
const any = (): string => sku(1 + Math.floor(Math.random() * PRODUCTS));
const LOADS: Record<string, () => string[]> = {
  'one of 1,000 products': () => [any()],
  'always the same one': () => [sku(0)],
  'two of 1,000 products': () => [any(), any()],
  'always the same, and another': () => [sku(0), any()],
};

let commits = 0;
const reserveStock = new ReserveStock(new SqlStockRepository(), new SqlReservationRepository());

async function stocked(url: string): Promise<Database> {
  const location = { dialect: 'postgres' as const, url };
  const metrics = { committed: () => (commits += 1), failed: () => undefined };
  const database = await openDatabase({ location, ...productsSchema }, metrics);
  await database.unitOfWork.run(async (tx) => {
    for (let index = 0; index <= PRODUCTS; index += 1) {
      await tx.run(
        `INSERT INTO products (id, sku, name, price_amount, price_currency, available, request_id, version, created_at,
           updated_at) VALUES (?, ?, 'A product', 1999, 'EUR', 1000000, 'bench', 1, 0, 0)`,
        [randomUUID(), sku(index)],
      );
    }
  });
  return database;
}

async function reserve({ unitOfWork }: Database, skus: string[], inTurns: boolean): Promise<void> {
  const [orderId, messageId] = [randomUUID(), randomUUID()];
  const items = skus.map((productId) => ({ productId, quantity: 1 }));
  const command = { orderId, clientId: 'bench', idempotencyKey: orderId, items };
  const origin = { messageId, correlationId: orderId, traceparent: undefined, occurredAt: Date.now() };
  await unitOfWork.run(
    async (tx) => {
      const entered = tx.run(
        'INSERT INTO inbox (message_id, consumer, processed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        [...[messageId, 'bench', Date.now()]],
      );
      await Promise.all([entered, reserveStock.execute(tx, command, origin)]);
    },
    'bench',
    { rows: inTurns ? namesOf(items) : [] },
  );
}

interface Measured {
  /** Reservations per second. */
  rate: number;
  /** Reservations per commit. */
  shared: number;
}

async function measure(database: Database, load: () => string[], inTurns: boolean, seconds: number): Promise<Measured> {
  commits = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await reserve(database, load(), inTurns);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return { rate: (1000 * done) / (performance.now() - started), shared: done / commits };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const directory = mkdtempSync(join(tmpdir(), 'holdfast-micro-'));
const server = await startPostgres({ dataDir: join(directory, 'postgres') });
try {
  const database = await stocked(server.url);
  const measured = [false, true].flatMap((inTurns) =>
    Object.entries(LOADS).map(([name, load]) => ({ name, load, inTurns, rounds: [] as Measured[] })),
  );
  for (const { load, inTurns } of measured) await measure(database, load, inTurns, 1);
  // Round by round, so that what else the machine does is shared by all.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { load, inTurns, rounds } of measured) rounds.push(await measure(database, load, inTurns, SECONDS));
  }
  // Beside the rate at which orders of as many lines go that have nothing to do with each other.
  const rateOf = (index: number): number => median((measured[index]?.rounds ?? []).map(({ rate }) => rate));
  for (const [index, { name, inTurns, rounds }] of measured.entries()) {
    const shared = median(rounds.map((round) => round.shared));
    const columns = [
      ...[inTurns ? 'in turns  ' : 'each alone', name.padEnd(28), `${rateOf(index).toFixed(0)}/s`.padStart(7)],
      ...[(rateOf(index) / rateOf(index - (index % 2))).toFixed(2), `${shared.toFixed(1)} to a commit`],
    ];
    process.stdout.write(`${columns.join('  ')}\n`);
  }
  await database.close();
} finally {
  await server.stop();
  // Its user may not enter a folder of ours: its data is then elsewhere.
  rmSync(dirname(server.folder), { recursive: true, force: true });
  rmSync(directory, { recursive: true });
}
