import { TcpProxy, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { RunningService } from './products-service.harness.js';

// RabbitMQ is tried again every 3 s, and queues are declared after that.
const RECOVERY = { timeoutMs: 90_000 };

let broker: TestBroker;
let proxy: TcpProxy;
let service: RunningService;

beforeEach(async () => {
  broker = await testBroker();
  proxy = await TcpProxy.open(broker.url);
  proxy.refuse();
  service = await RunningService.start(proxy.url);
});
afterEach(async () => {
  await service.stop();
  await proxy.close();
  await broker.close();
});

const readiness = (status: number) =>
  waitUntil(
    `/health/ready answers ${status}`,
    async () => {
      const response = await service.get('/health/ready');
      return response.status === status && response.json();
    },
    RECOVERY,
  );

describe('without RabbitMQ', () => {
  it('the service lives, says what it waits for, and works when RabbitMQ is there', async () => {
    expect((await service.get('/health/live')).status).toBe(200);
    expect(await readiness(503)).toMatchObject({
      status: 'not_ready',
      checks: {
        'broker (consuming)': { status: 'down', detail: expect.stringContaining('no connection to RabbitMQ') },
        products_queue: { status: 'down' },
      },
    });

    proxy.restore();
    await service.takesMessages;
    expect(await readiness(200)).toMatchObject({ status: 'ready', checks: { products_queue: { status: 'up' } } });

    proxy.refuse();
    expect(await readiness(503)).toMatchObject({ status: 'not_ready' });
    proxy.restore();
    await readiness(200);
  });

  it('the service can be stopped', async () => {
    await service.stop();
    await expect(service.get('/health/live')).rejects.toThrow();
  });
});
