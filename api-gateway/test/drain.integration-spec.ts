import { type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import { post, startTestGateway, untilReady } from './gateway.harness.js';
import { RawConnection } from './raw-http.js';
import { ServicesDouble } from './services.double.js';

const GOOD = { productId: 'lamp', quantity: 1 };

describe('a gateway that a balancer has not left yet', () => {
  let broker: TestBroker;
  let services: ServicesDouble;
  let gateway: Gateway;

  beforeAll(async () => {
    broker = await testBroker();
    services = await ServicesDouble.start(broker.url);
    gateway = await startTestGateway(broker.url);
    await untilReady(gateway);
  });
  afterAll(async () => {
    await services.close();
    await broker.close();
  });

  it('serves what still comes, on new connections and on those it has, and closes them with the answer', async () => {
    const kept = await RawConnection.open(gateway.url);
    kept.send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitUntil('the connection has been used', () => kept.status === 200);
    expect((await post(`${gateway.url}/orders`, GOOD)).headers.get('connection')).not.toBe('close');

    let noticed = () => {};
    const stopped = gateway.stop(
      new Promise((resolve) => {
        noticed = resolve;
      }),
    );
    const ready = await fetch(`${gateway.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ checks: { shutdown: { detail: 'shutting down' } } });
    const placed = await post(`${gateway.url}/orders`, GOOD);
    expect([placed.status, placed.headers.get('connection')]).toEqual([201, 'close']);
    services.forget();
    const waiting = post(`${gateway.url}/orders`, GOOD, { prefer: 'wait=30' });
    await waitUntil('one waits for its order', () => services.received.length === 1);
    services.finish(String(services.received[0]?.properties.messageId));
    expect(await (await waiting).json()).toMatchObject({ status: 'CONFIRMED' });
    expect(kept.isClosed).toBe(false);
    kept.send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitUntil('the old connection is closed with its answer', () => kept.isClosed);
    expect(kept.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);

    noticed();
    await stopped;
    await expect(fetch(`${gateway.url}/health/live`)).rejects.toThrow();
  });
});
