import { type RabbitmqServer } from '@holdfast/local-servers';
import { type ServiceName, waitUntil } from '@holdfast/testing';
import { faultsIn } from '../src/balance.js';
import { CATALOGUE, stock } from '../src/catalogue.js';
import { queuesAreOnDisk } from '../src/own-broker.js';
import { DEAD_LETTERS, messagesIn, QUEUES_ON_THE_WAY } from '../src/queues.js';
import { flush, type Stand, startStandWithBroker } from '../src/stand.js';
import { SERVICES } from '../src/system.js';
import { Trial } from '../src/trial.js';

let stand: Stand & { broker: RabbitmqServer };
let trial: Trial;

beforeAll(async () => {
  // Requests that died with a process are soon sent again; orders are not asked for again while this runs: that would
  // hide what a crash has lost.
  stand = await startStandWithBroker({ REQUEST_TIMEOUT_MS: '2000', RECONCILE_INTERVAL_MS: '600000' });
  trial = new Trial(stand);
  await stock(stand.system, ...CATALOGUE);
  await queuesAreOnDisk(stand.broker);
});
afterEach(() => trial?.abandon());
afterAll(() => stand?.close());

/** Resolves when the process serves its health checks, which is before it takes messages. */
const listens = (name: ServiceName) =>
  waitUntil(`${name} listens`, async () => (await fetch(`${stand.system.process(name).url}/health/live`)).ok);

const redisIs = (status: 'up' | 'degraded') =>
  waitUntil(`orders-service says that Redis is ${status}`, async () => {
    const { checks } = await stand.system.readiness('orders-service');
    return checks.redis?.status === status;
  });

describe('in the middle of load, no accepted order is lost and none stays PENDING', () => {
  it.each(SERVICES)('when %s is killed, again and again', (name) =>
    trial.underLoad(name, async (goOn) => {
      const { system } = stand;
      await system.kill9(name);
      await system.startOne(name);
      await goOn();
      await system.kill9(name);
      await system.launchOne(name);
      // Once it dies again while it starts, which is when it has everything to catch up with.
      await listens(name);
      await system.kill9(name);
      await system.startOne(name);
      await goOn();
      await system.kill9(name);
      await system.launchOne(name);
    }),
  );

  it('when both services with a database are killed at the same moment', () =>
    trial.underLoad('both', async () => {
      const { system } = stand;
      await Promise.all([system.kill9('orders-service'), system.kill9('products-service')]);
      await Promise.all([system.launchOne('orders-service'), system.launchOne('products-service')]);
    }));

  it('when RabbitMQ is killed, twice', () =>
    trial.underLoad('broker', async (goOn) => {
      await stand.broker.kill();
      await stand.broker.restart();
      await stand.system.ready();
      await goOn();
      await stand.broker.kill();
      await stand.broker.restart();
    }));

  it('when Redis forgets everything, and when it is killed', () =>
    trial.underLoad('redis', async (goOn) => {
      for (let times = 0; times < 3; times += 1) {
        await flush(stand.redis);
        await goOn();
      }
      await stand.redis.kill();
      await redisIs('degraded');
      // Slower without it, and ready all the same.
      await stand.system.ready();
      await goOn();
      await stand.redis.restart();
      await redisIs('up');
      await flush(stand.redis);
    }));

  it('when everything is killed at the same moment, as in a power cut', () =>
    trial.underLoad('everything', async () => {
      const { system, broker, redis } = stand;
      await Promise.all([...SERVICES.map((name) => system.kill9(name)), broker.kill(), redis.kill()]);
      await Promise.all([broker.restart(), redis.restart(), ...SERVICES.map((name) => system.launchOne(name))]);
    }));
});

it('nothing of it is left in any queue once the services have stopped', async () => {
  const { system, amqpUrl } = stand;
  for (const name of ['api-gateway', 'orders-service', 'products-service'] as const) {
    expect([name, await system.stop(name)]).toEqual([name, 0]);
  }
  expect(await messagesIn(amqpUrl, [...QUEUES_ON_THE_WAY, ...DEAD_LETTERS])).toEqual({});
  expect(await faultsIn(system.dataDir, trial.purchases)).toEqual([]);
});
