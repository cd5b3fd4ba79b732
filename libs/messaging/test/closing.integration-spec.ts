import { BrokerConnection } from '@holdfast/messaging';
import { TcpProxy, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { pino } from 'pino';

let broker: TestBroker;
let line: TcpProxy;
let connection: BrokerConnection;

beforeEach(async () => {
  broker = await testBroker();
  line = await TcpProxy.open(broker.url);
  connection = new BrokerConnection({ urls: [line.url], name: 'closes', logger: pino({ level: 'silent' }) });
});
afterEach(async () => {
  await line.close();
  await broker.close();
});

describe('a connection that is closed', () => {
  it('ends when the broker is gone before it has closed a channel', async () => {
    const channel = connection.openChannel({ name: 'one', setup: async () => undefined });
    await channel.ready();
    line.muteServer();
    const closing = connection.close();
    line.cut();
    await closing;
  });

  it('ends when the broker is gone before it has closed the connection', async () => {
    await waitUntil('it is connected', () => connection.connected);
    line.muteServer();
    const closing = connection.close();
    // The connection is told to close in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    line.cut();
    await closing;
  });

  it('ends while no broker can be reached', async () => {
    line.refuse();
    await waitUntil('it is not connected', () => !connection.connected);
    await connection.close();
    expect(connection.health()).toMatchObject({
      status: 'down',
      detail: expect.stringContaining(new URL(line.url).host),
    });
  });

  it('says where it is tried, without the login', async () => {
    await waitUntil('it is connected', () => connection.connected);
    line.refuse();
    const { detail } = await waitUntil('it is down', () => {
      const health = connection.health();
      return health.status === 'down' && health;
    });
    const { host, password } = new URL(line.url);
    expect(detail).toBe(`no connection to RabbitMQ (${host}); trying again every 3 s`);
    expect(detail).not.toContain(password);
    await connection.close();
  });
});
