import { type ServiceName, waitUntil } from '@holdfast/testing';
import { FleetTrial } from '../src/fleet/fleet-trial.js';

jest.setTimeout(600_000);

const OVERDUE = 20;
const ROUNDS = 3;

let trial: FleetTrial;
// Whoever asked an instance that is killed asks again.
let clients: { gatewayUrl: string; retries: number };

beforeAll(async () => {
  trial = await FleetTrial.start({ env: { RECONCILE_INTERVAL_MS: '200' } });
  clients = { gatewayUrl: trial.fleet.of('api-gateway')[1]?.url ?? '', retries: 5 };
});
afterAll(() => trial?.close());

describe('two instances of every service on PostgreSQL', () => {
  it('share the work, and do once what is to be done once', async () => {
    await trial.underLoad(clients, (load) => load.goesOn(60));
    for (const service of ['orders-service', 'products-service'] as const) {
      for (const instance of trial.fleet.of(service)) {
        expect([instance.name, await instance.metric('holdfast_messages_total', 'outcome="done"')]).not.toEqual([
          instance.name,
          0,
        ]);
      }
      await trial.fleet.publishing(service);
    }
    expect(await trial.publishedAtMost()).toBe(1);
    expect(trial.subscription.repeated).toBe(0);
  });

  it('take over when the one that publishes is killed: nothing is lost, or published out of order', async () => {
    await trial.underLoad(clients, async (load) => {
      for (const service of ['orders-service', 'products-service'] as const) {
        const killed = await trial.fleet.publishing(service);
        await killed.kill9();
        const next = await trial.fleet.publishing(service);
        expect(next.name).not.toBe(killed.name);
        await load.goesOn(10);
        await killed.launch();
        await killed.ready();
      }
    });
    // What the killed one had published and not noted yet.
    expect(await trial.publishedAtMost()).toBeLessThanOrEqual(2);
  });

  it('send on what a killed one was about to send, in order, whichever takes the events', async () => {
    await trial.underLoad(clients, async (load) => {
      for (const instance of trial.fleet.of('webhook-publisher')) {
        await instance.kill9();
        await load.goesOn(10);
        await instance.launch();
        await instance.ready();
      }
    });
  });

  it('ask once again for what was lost, although each of them looks for it', async () => {
    const products = trial.fleet.of('products-service');
    await Promise.all(products.map((instance) => instance.kill9()));
    await trial.place(OVERDUE);
    for (let round = 1; round <= ROUNDS; round += 1) {
      await trial.fleet.books.makeOverdue();
      const asked = OVERDUE * (1 + round);
      await waitUntil(`they are asked for ${round} times again`, async () => {
        const depth = await trial.depth('products_queue');
        return depth >= asked;
      });
      expect(await trial.depth('products_queue')).toBe(asked);
      expect(await trial.fleet.books.asks()).toEqual(Array<number>(OVERDUE).fill(round));
    }
    await startAll('products-service');
    await trial.addsUp();
  });
});

async function startAll(service: ServiceName): Promise<void> {
  const instances = trial.fleet.of(service);
  await Promise.all(instances.map((instance) => instance.launch()));
  await Promise.all(instances.map((instance) => instance.ready()));
}
