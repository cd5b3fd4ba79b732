import { waitUntil } from '@holdfast/testing';
import { FleetTrial } from '../src/fleet/fleet-trial.js';
import { LoadBalancer } from '../src/fleet/load-balancer.js';

jest.setTimeout(600_000);

let trial: FleetTrial;
let balancer: LoadBalancer;

beforeAll(async () => {
  // Five questions of the balancer, of which it needs one.
  trial = await FleetTrial.start({ env: { SHUTDOWN_DRAIN_MS: '5000' } });
  balancer = await LoadBalancer.before(trial.fleet.of('api-gateway').map(({ url }) => url));
});
afterAll(async () => {
  await trial?.close();
  await balancer?.close();
});

describe('a rolling restart of two instances of everything, under load', () => {
  it('loses no order, refuses no request, cuts no connection and publishes everything once and in order', async () => {
    await trial.underLoad({ gatewayUrl: balancer.url, retries: 0 }, async (load) => {
      for (const instance of trial.fleet.all) {
        expect([instance.name, await instance.stop()]).toEqual([instance.name, 0]);
        await instance.launch();
        await instance.ready();
        if (instance.service !== 'api-gateway') continue;
        await waitUntil('the balancer has found it again', () => balancer.sendsTo(instance.url));
        await load.goesOn(5);
      }
    });
    expect(balancer.broken).toEqual([]);
    expect([...balancer.answers.keys()].sort()).toEqual([200, 201]);
    expect(await trial.publishedAtMost()).toBe(1);
  });
});
