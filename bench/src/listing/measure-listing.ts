import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startRabbitmq, startRedis } from '@holdfast/local-servers';
import { cpuSeconds } from '../meters/process-usage.js';
import { Teardown } from '../processes/teardown.js';
import { figure } from '../report/text-table.js';
import { type ProductSystem, startProductSystem } from '../systems/product-system.js';
import { RunningSystem } from '../systems/system.js';
import { type ListFilters, ListReader } from './list-reader.js';
import { ListingMeasurement, PageCost } from './listing-measurement.js';
import { fillOrders, SAME_REFERENCE } from './order-file.js';

const DEEP_PAGE = 1_000;

/** First and deep pages in turns of so many: enough ticks of 10 ms for their CPU time, short enough for one machine's mood. */
const TURNS = 4;
const PAGES_PER_TURN = 150;

const SKUS = Array.from({ length: 50 }, (_, index) => `bench-${index + 1}`);

/** Lists by what they show: some of many orders, some of few among many. */
function lists(sku: string): { list: string; operator?: true; filters: ListFilters }[] {
  const hour = 3_600_000;
  const range = { from: ago(20 * hour), to: ago(10 * hour) };
  return [
    { list: 'a client’s own', filters: {} },
    { list: 'everyone’s', operator: true, filters: {} },
    { list: 'status=CONFIRMED', filters: { status: 'CONFIRMED' } },
    { list: 'status=PENDING (1 of 1,000)', filters: { status: 'PENDING' } },
    { list: 'productId', filters: { productId: sku } },
    { list: 'productId, status=REJECTED (1 of 5)', filters: { productId: sku, status: 'REJECTED' } },
    { list: 'productId, status=PENDING (1 of 100)', filters: { productId: sku, status: 'PENDING' } },
    { list: 'reference of 1 in 10', filters: { reference: SAME_REFERENCE } },
    { list: 'from and to, 10 hours', filters: range },
  ];
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

export interface ListingSurroundings {
  workDir: string;
  teardown: Teardown;
  progress: (text: string) => void;
}

/** Fills the product's own database with orders and reads lists of them over HTTP, the first page beside a deep one. */
export async function measureListing(
  orders: number,
  { workDir, teardown, progress }: ListingSurroundings,
): Promise<ListingMeasurement[]> {
  const dataDir = join(workDir, 'listing');
  const measurements = await teardown.around(async () => {
    const system = await start(dataDir, teardown);
    progress(`listing: storing ${figure(orders)} orders`);
    await fillOrders(system.ordersDatabase, orders, SKUS);
    const measured: ListingMeasurement[] = [];
    for (const { list, operator, filters } of lists(String(SKUS[0]))) {
      progress(`listing: ${list}`);
      const reader = new ListReader(operator ? system.operator : system.client, filters);
      measured.push(await measure(list, reader, system));
    }
    return measured;
  });
  rmSync(dataDir, { recursive: true });
  return measurements;
}

async function start(dataDir: string, teardown: Teardown): Promise<ProductSystem> {
  mkdirSync(dataDir, { recursive: true });
  const broker = await startRabbitmq({ dataDir: join(dataDir, 'rabbitmq') });
  teardown.defer('RabbitMQ', () => broker.stop());
  const redis = await startRedis({ dataDir: join(dataDir, 'redis') });
  teardown.defer('Redis', () => redis.stop());
  const setup = { amqpUrl: broker.url, redisUrl: redis.url, dataDir, skus: SKUS, stockPerSku: 1 };
  return startProductSystem(setup, teardown);
}

async function measure(list: string, reader: ListReader, system: RunningSystem): Promise<ListingMeasurement> {
  // Going there compiles the code and fills the caches as well.
  const deep = await reader.goTo(DEEP_PAGE);
  const [firstTurns, deepTurns]: [Turn[], Turn[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    firstTurns.push(await readPages(reader, undefined, system));
    deepTurns.push(await readPages(reader, deep.cursor, system));
  }
  return { list, deepPage: deep.page, first: costOf(firstTurns), deep: costOf(deepTurns) };
}

interface Turn {
  times: number[];
  cpuSeconds: number;
}

async function readPages(reader: ListReader, cursor: string | undefined, { processes }: RunningSystem): Promise<Turn> {
  const orders = processes.find(({ name }) => name === 'orders');
  if (!orders) throw new Error('orders-service does not run');
  const before = cpuSeconds(orders.pid);
  const times: number[] = [];
  for (let page = 0; page < PAGES_PER_TURN; page += 1) times.push(await reader.time(cursor));
  return { times, cpuSeconds: cpuSeconds(orders.pid) - before };
}

function costOf(turns: readonly Turn[]): PageCost {
  const times = turns.flatMap((turn) => turn.times).sort((a, b) => a - b);
  const cpu = turns.reduce((total, turn) => total + turn.cpuSeconds, 0);
  return {
    p50Ms: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    ordersCpuUs: (cpu * 1e6) / times.length,
  };
}
