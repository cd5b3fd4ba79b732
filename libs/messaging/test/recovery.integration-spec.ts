import { newId } from '@holdfast/contracts';
import { PermanentError } from '@holdfast/platform';
import {
  type AmqpProbe,
  aMessage,
  aStockReserved,
  newRedisUrl,
  openProbe,
  TcpProxy,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

let broker: TestBroker;
let probe: AmqpProbe;
let line: TcpProxy;
let taker: NoteTaker;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  line = await TcpProxy.open(broker.url);
  taker = await NoteTaker.prepare({ amqpUrl: line.url, redisUrl: newRedisUrl() });
});
afterEach(async () => {
  await taker.close();
  await probe.close();
  await line.close();
  await broker.close();
});

async function send(messageId = newId()): Promise<string> {
  await probe.publish('orders_queue', aMessage('product.stockReserved', aStockReserved()), { messageId });
  return messageId;
}

const handled = (messageId: string) =>
  waitUntil(`${messageId} is handled`, async () => (await taker.notes(messageId)).length > 0);

/** Holds handlers up until they are let go; `entered` resolves when the first is in. */
function holdHandlers(): { entered: Promise<void>; letGo: () => void } {
  const holding = { letGo: (): void => undefined, entered: Promise.resolve() };
  const released = new Promise<void>((resolve) => {
    holding.letGo = resolve;
  });
  holding.entered = new Promise<void>((resolve) => {
    taker.behave(() => {
      resolve();
      return released;
    });
  });
  return holding;
}

describe('a consumer', () => {
  it('that the broker cancelled is not ready, and takes messages again by itself', async () => {
    await taker.listen();
    await handled(await send());
    expect(taker.ready).toBe(true);
    await broker.deleteQueue('orders_queue');
    await waitUntil('the service is not ready', () => !taker.ready);
    await waitUntil('the service is ready again', () => taker.ready);
    await handled(await send());
  });

  it('whose connection an operator closes gets its messages again and handles them once', async () => {
    await taker.listen();
    const { entered, letGo } = holdHandlers();
    const ids = await Promise.all(Array.from({ length: 30 }, () => send()));
    await entered;
    await broker.closeConnection('notes consumes');
    await waitUntil('the service is not ready', () => !taker.ready);
    letGo();
    await waitUntil('the service is ready again', () => taker.ready);
    await Promise.all(ids.map(handled));
    await waitUntil('nothing is left', async () => (await probe.depth('orders_queue')) === 0);
    expect(await taker.notes()).toHaveLength(ids.length);
  });

  it('whose broker is away says so, lives on and takes what came in the meantime', async () => {
    await taker.listen();
    await handled(await send());
    line.refuse();
    for (const connection of ['broker (consuming)', 'broker (publishing)']) {
      await waitUntil(`${connection} is down`, () => taker.check(connection) === 'down');
    }
    expect(taker.ready).toBe(false);
    const meanwhile = await send();
    line.restore();
    await handled(meanwhile);
    await waitUntil('the service is ready again', () => taker.ready);
  });

  it('that is started before its broker starts to work when it is there', async () => {
    line.refuse();
    const late = await NoteTaker.prepare({ amqpUrl: line.url, redisUrl: newRedisUrl() });
    const listening = late.listen();
    await waitUntil('it is not ready', () => late.check('broker (consuming)') === 'down');
    line.restore();
    await listening;
    const messageId = await send();
    await waitUntil('it handles messages', async () => (await late.notes(messageId)).length === 1);
    await late.close();
  });

  it('can be stopped while its broker is away', async () => {
    await taker.listen();
    line.refuse();
    await waitUntil('the service is not ready', () => !taker.ready);
    await taker.close();
  });
});

describe('a consumer that stops', () => {
  it('finishes what it has, acks it, and takes nothing new', async () => {
    await taker.listen();
    const { entered, letGo } = holdHandlers();
    const started = await send();
    await entered;
    const draining = taker.drain();
    expect(taker.ready).toBe(false);
    const meanwhile = await Promise.all([send(), send(), send()]);
    letGo();
    await draining;
    const ids = [started, ...meanwhile, await send()];
    // Each one is either handled and acked, or still there or on its way back; nothing is both.
    const handledIds = (await taker.notes()).map(({ messageId }) => messageId);
    const left: (string | undefined)[] = [];
    while (handledIds.length + left.length < ids.length) left.push((await probe.next('orders_queue')).messageId);
    expect(handledIds).toContain(started);
    expect([...handledIds, ...left].sort()).toEqual(ids.sort());
    expect(await probe.take('orders_queue')).toBeUndefined();
  });

  it('ends also when the connection is lost on the way', async () => {
    await taker.listen();
    const { entered, letGo } = holdHandlers();
    const started = await send();
    await entered;
    line.muteServer();
    const draining = taker.drain();
    line.refuse();
    letGo();
    await draining;
    // Handled and not acked: it is the inbox of the next start that knows it.
    expect(await taker.notes(started)).toHaveLength(1);
    await waitUntil('the message is back', async () => (await probe.depth('orders_queue')) === 1);
  });
});

describe('a failed message', () => {
  it('is not lost when the connection that moves it is', async () => {
    await taker.listen();
    taker.behave(() => {
      throw new PermanentError('NO', 'no');
    });
    const letters = await probe.collect({ queue: 'orders_queue.dlq' });
    const ids: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      ids.push(await send());
      if (count === 20 || count === 40) line.cut();
    }
    const arrived = () => new Set(letters.map(({ messageId }) => messageId));
    await waitUntil('every one is in the dead letters', () => ids.every((id) => arrived().has(id)), {
      timeoutMs: 60_000,
    });
    await waitUntil('nothing is left', async () => (await probe.depth('orders_queue')) === 0);
  });
});
