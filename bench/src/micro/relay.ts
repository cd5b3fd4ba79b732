/**
 * Events per second that one relay publishes, from a log in PostgreSQL that holds what orders-service appends for an order:
 * two events, which webhooks_queue takes, and a command to products_queue, on a broker of three nodes. Nothing else runs, so
 * that it is the relay's own limit, not that of an instance that handles messages beside it; and nobody consumes.
 * Run: `npm run build && node bench/dist/micro/relay.js`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BrokerConnection,
  CreateEventLogAndInbox1700000000000,
  declareEvents,
  declareQueue,
  openEventLog,
  Publisher,
  Relay,
} from '../../../libs/messaging/dist/index.js';
import { createLogger, type Database, openDatabase } from '../../../libs/platform/dist/index.js';
import { becomesTrue } from '../processes/poll.js';
import { Teardown } from '../processes/teardown.js';
import { startServers } from '../systems/servers.js';

const ORDERS = 20_000;
const ROUNDS = 3;
const TYPES = ['order.created', 'product.reserveStock', 'order.confirmed'];
const EXAMPLES = join(import.meta.dirname, '../../../libs/contracts/examples');
const TIMEOUT_MS = 300_000;

const APPEND = `
  INSERT INTO events (id, stream_id, version, type, payload, metadata, occurred_at)
  SELECT gen_random_uuid()::text, 'order/' || gen_random_uuid()::text, 1, ?, ?, ?, 0 FROM generate_series(1, ${ORDERS / 100})`;

const dataOf = (type: string): string =>
  JSON.stringify(JSON.parse(readFileSync(join(EXAMPLES, `${type}.json`), 'utf8')).data);

/** Two hundred of a type, then two hundred of the next: a batch of the relay has one type, and all of them have all. */
async function fill({ unitOfWork }: Database): Promise<void> {
  const metadata = JSON.stringify({ correlationId: 'bench', causationId: 'bench' });
  for (let part = 0; part < 100; part += 1) {
    await unitOfWork.run(async (tx) => {
      for (const type of TYPES) await tx.run(APPEND, [type, dataOf(type), metadata]);
    }, 'fill');
  }
}

async function lastPosition({ queries }: Database): Promise<number> {
  const [row] = await queries.all<{ position: number }>('SELECT max(position) AS position FROM events');
  return Number(row?.position);
}

const logger = createLogger('bench', 'warn');

async function publishAll(database: Database, publisher: Publisher): Promise<{ perSecond: number; cpuUs: number }> {
  await fill(database);
  const last = await lastPosition(database);
  const relay = new Relay(
    openEventLog(database),
    publisher,
    database.unitOfWork,
    database.processLock('relay'),
    logger,
  );
  const [started, cpuBefore] = [performance.now(), process.cpuUsage()];
  await relay.start();
  await becomesTrue('everything published', () => relay.position === last, { timeoutMs: TIMEOUT_MS, intervalMs: 5 });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await relay.stop();
  const events = ORDERS * TYPES.length;
  return { perSecond: events / seconds, cpuUs: (user + system) / events };
}

async function measure(amqpUrls: string[], url: string): Promise<void> {
  const location = { dialect: 'postgres' as const, url };
  const metrics = { committed: () => undefined, failed: () => undefined };
  const schema = { entities: [], migrations: [CreateEventLogAndInbox1700000000000] };
  const database = await openDatabase({ location, ...schema }, metrics);
  const connection = new BrokerConnection({ urls: amqpUrls, name: 'bench', logger });
  const publisher = new Publisher(connection, 'events', async (channel) => {
    await declareEvents(channel);
    for (const queue of ['products_queue', 'webhooks_queue'] as const) await declareQueue(channel, queue);
  });
  await becomesTrue('RabbitMQ', () => publisher.ready, { timeoutMs: TIMEOUT_MS, intervalMs: 5 });
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { perSecond, cpuUs } = await publishAll(database, publisher);
    process.stdout.write(`${perSecond.toFixed(0)} events/s, ${cpuUs.toFixed(1)} µs of CPU each in the relay\n`);
  }
  await connection.close();
  await database.close();
}

const teardown = new Teardown();
const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-micro-'));
await teardown.around(async () => {
  const { amqpUrl, postgres } = await startServers({ dataDir, database: 'postgres', brokers: 3 }, teardown);
  if (postgres) await measure(amqpUrl.split(','), postgres.urls.orders);
});
rmSync(dataDir, { recursive: true });
