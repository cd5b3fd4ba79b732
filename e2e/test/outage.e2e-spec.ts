import { setTimeout as delay } from 'node:timers/promises';
import { type RabbitmqServer } from '@holdfast/local-servers';
import { waitUntil } from '@holdfast/testing';
import { CATALOGUE, stock } from '../src/catalogue.js';
import { deleteQueue, queuesAreOnDisk } from '../src/own-broker.js';
import { placeUntilAccepted } from '../src/persistent-buyer.js';
import { type Stand, startStandWithBroker } from '../src/stand.js';
import { type Readiness, SERVICES } from '../src/system.js';
import { Trial } from '../src/trial.js';

jest.setTimeout(600_000);

/** How long RabbitMQ stays away beyond what there is to see; E2E_OUTAGE_SECONDS=60 makes it a minute. */
const OUTAGE_MS = Number(process.env.E2E_OUTAGE_SECONDS ?? 0) * 1_000;

// Orders whose message was in a deleted queue are asked for again after 30 s, and their answers take a moment.
const ASKED_AGAIN_MS = 60_000;

let stand: Stand & { broker: RabbitmqServer };
let trial: Trial;

beforeAll(async () => {
  stand = await startStandWithBroker({ REQUEST_TIMEOUT_MS: '5000', RECONCILE_INTERVAL_MS: '500' });
  trial = new Trial(stand);
  await stock(stand.system, ...CATALOGUE);
  await queuesAreOnDisk(stand.broker);
});
afterEach(() => trial?.abandon());
afterAll(() => stand?.close());

/** Orders that are accepted while nobody can decide them. */
async function placePending(count: number): Promise<void> {
  const shop = stand.system.shop();
  for (let index = 0; index < count; index += 1) {
    const request = { productId: 'MUG', quantity: 1 };
    const key = `pending-${trial.purchases.length}`;
    const { order } = await placeUntilAccepted(shop, key, request);
    expect(order.status).toBe('PENDING');
    trial.purchases.push({ key, request, answers: [order] });
  }
}

/** Every service lives and says what it misses, and the gateway takes nothing. */
async function theOutageShows(): Promise<void> {
  for (const name of SERVICES) {
    await waitUntil(`${name} says that RabbitMQ is away`, async () => {
      const { status, checks } = await stand.system.readiness(name);
      return status === 'not_ready' && missed(checks).some((detail) => detail?.startsWith('no connection to RabbitMQ'));
    });
    expect((await fetch(`${stand.system.process(name).url}/health/live`)).status).toBe(200);
  }
  const refused = await stand.system.shop().placeOrder({ productId: 'MUG', quantity: 1 });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '3']);
  expect(refused.body).toMatchObject({ code: 'BROKER_UNAVAILABLE' });
}

const missed = (checks: Readiness['checks']): (string | undefined)[] =>
  Object.values(checks)
    .filter(({ status }) => status === 'down')
    .map(({ detail }) => detail);

describe('while RabbitMQ is away', () => {
  it('services live, say so and refuse; when it is back they go on by themselves with what was PENDING', () =>
    trial.underLoad('away', async () => {
      const { system, broker } = stand;
      expect(await system.stop('products-service')).toBe(0);
      await placePending(20);
      await broker.stop();
      await system.launchOne('products-service');
      await theOutageShows();
      await delay(OUTAGE_MS);
      await broker.restart();
    }));

  it('services can be started; they work once it is there', () =>
    trial.underLoad('absent', async () => {
      const { system, broker } = stand;
      await broker.kill();
      for (const name of SERVICES) expect([name, await system.stop(name)]).toEqual([name, 0]);
      for (const name of SERVICES) await system.launchOne(name);
      await theOutageShows();
      await broker.restart();
    }));
});

describe('a queue that is deleted under load', () => {
  it('shows in readiness, is made again, and no order that was accepted is lost', () =>
    trial.underLoad(
      'deleted',
      async (goOn) => {
        for (const [service, queue] of [
          ['orders-service', 'orders_queue'],
          ['products-service', 'products_queue'],
        ] as const) {
          await deleteQueue(stand.broker, queue);
          const { checks } = await stand.system.becomes(service, 'not_ready');
          expect(checks[queue]?.status).toBe('down');
          await stand.system.ready(service);
          await goOn();
        }
      },
      ASKED_AGAIN_MS,
    ));
});

describe('SIGTERM under load', () => {
  it.each(SERVICES)('lets %s finish what it has: it ends with 0 and nothing is lost', (name) =>
    trial.underLoad(`stopped-${name}`, async (goOn) => {
      for (let times = 0; times < 2; times += 1) {
        expect(await stand.system.stop(name)).toBe(0);
        await stand.system.startOne(name);
        await goOn();
      }
    }),
  );
});
