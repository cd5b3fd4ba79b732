import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DatabaseName } from '../databases/database-location.js';
import { byName, cpuSeconds, MeteredProcess, sum } from '../meters/process-usage.js';
import { Teardown } from '../processes/teardown.js';
import { figure } from '../report/text-table.js';
import { type ProductSystem, startProductSystem } from '../systems/product-system.js';
import { startServers } from '../systems/servers.js';
import { fillOrders } from './fill-orders.js';
import { type ListFilters, ListReader } from './list-reader.js';
import { SAME_REFERENCE } from './listed-order.js';
import { ListingMeasurement, PageCost } from './listing-measurement.js';

const DEEP_PAGE = 1_000;

/** First and deep pages in turns of so many: enough ticks of 10 ms for their CPU time, short enough for one machine's mood. */
const TURNS = 4;
const PAGES_PER_TURN = 150;

/** Whose CPU time a page is. */
const LOOKING = ['orders', 'postgres'];

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

export interface ListingSetup {
  database: DatabaseName;
  orders: number;
}

/** Fills the product's own database with orders and reads lists of them over HTTP, the first page beside a deep one. */
export async function measureListing(
  { database, orders }: ListingSetup,
  { workDir, teardown, progress }: ListingSurroundings,
): Promise<ListingMeasurement[]> {
  const dataDir = join(workDir, 'listing');
  const measurements = await teardown.around(async () => {
    const { system, metered } = await start(database, dataDir, teardown);
    const tell = (stored: number) =>
      progress(`listing, ${database}: ${figure(stored)} of ${figure(orders)} orders stored`);
    tell(0);
    await fillOrders(system.ordersDatabase, { count: orders, skus: SKUS, onProgress: tell });
    const measured: ListingMeasurement[] = [];
    for (const { list, operator, filters } of lists(String(SKUS[0]))) {
      progress(`listing, ${database}: ${list}`);
      const reader = new ListReader(operator ? system.operator : system.client, filters);
      measured.push(await measure(list, reader, metered));
    }
    return measured;
  });
  rmSync(dataDir, { recursive: true });
  return measurements;
}

/** `metered` are the processes that look for a page. */
async function start(
  database: DatabaseName,
  dataDir: string,
  teardown: Teardown,
): Promise<{ system: ProductSystem; metered: MeteredProcess[] }> {
  mkdirSync(dataDir, { recursive: true });
  const servers = await startServers({ dataDir, database, brokers: 1 }, teardown);
  const { amqpUrl, redisUrl, postgres } = servers;
  const setup = { amqpUrl, redisUrl, databaseUrls: postgres?.urls, dataDir, skus: SKUS, stockPerSku: 1 };
  const system = await startProductSystem(setup, teardown);
  const metered = [...system.processes, ...servers.metered].filter(({ name }) => LOOKING.includes(name));
  return { system, metered };
}

async function measure(
  list: string,
  reader: ListReader,
  metered: readonly MeteredProcess[],
): Promise<ListingMeasurement> {
  // Going there compiles the code and fills the caches as well.
  const deep = await reader.goTo(DEEP_PAGE);
  const [firstTurns, deepTurns]: [Turn[], Turn[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    firstTurns.push(await readPages(reader, undefined, metered));
    deepTurns.push(await readPages(reader, deep.cursor, metered));
  }
  return { list, deepPage: deep.page, first: costOf(firstTurns), deep: costOf(deepTurns) };
}

interface Turn {
  times: number[];
  cpuSeconds: number;
}

async function readPages(
  reader: ListReader,
  cursor: string | undefined,
  metered: readonly MeteredProcess[],
): Promise<Turn> {
  const used = () => sum(byName(metered, cpuSeconds));
  const before = used();
  const times: number[] = [];
  for (let page = 0; page < PAGES_PER_TURN; page += 1) times.push(await reader.time(cursor));
  return { times, cpuSeconds: used() - before };
}

function costOf(turns: readonly Turn[]): PageCost {
  const times = turns.flatMap((turn) => turn.times).sort((a, b) => a - b);
  const cpu = turns.reduce((total, turn) => total + turn.cpuSeconds, 0);
  return {
    p50Ms: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    cpuUs: (cpu * 1e6) / times.length,
  };
}
