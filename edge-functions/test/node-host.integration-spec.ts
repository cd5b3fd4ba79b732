import { connect } from 'node:net';
import { join } from 'node:path';
import { newDataDir, waitUntil } from '@holdfast/testing';
import Database from 'better-sqlite3';
import { aCallback, ORDER_ID, SECRET } from './callbacks.js';
import { loggerScenarios } from './logger.scenarios.js';
import { notifierScenarios } from './notifier.scenarios.js';
import { type Env, launchOnNode, startOnNode } from './running-function.js';
import { TelegramStandIn, TOKEN } from './telegram.stand-in.js';

const withDataDir = (): Env & { DATA_DIR: string } => ({ DATA_DIR: newDataDir() });

describe('the logger on Node', () => {
  loggerScenarios(startOnNode);

  it('stores in a local file where there is no Supabase, once, across restarts', async () => {
    const env = { WEBHOOK_SECRET: SECRET, ...withDataDir() };
    const callback = aCallback('order.confirmed');
    const first = await startOnNode('logger', env);
    expect(await first.deliver(callback)).toMatchObject({ status: 200, body: { status: 'stored' } });
    await first.kill();
    const second = await startOnNode('logger', env);
    expect(await second.deliver(callback)).toMatchObject({ status: 200, body: { status: 'repeat' } });
    await second.kill();

    const database = new Database(join(env.DATA_DIR, 'logger.db'), { readonly: true });
    const [row, ...others] = database.prepare<[], Record<string, unknown>>('SELECT * FROM webhook_events').all();
    database.close();
    expect(row).toMatchObject({
      id: callback.id,
      order_id: ORDER_ID,
      client_id: 'shop',
      amount: 2500,
      product_id: null,
    });
    expect(JSON.parse(String(row?.payload))).toEqual(callback);
    expect(others).toEqual([]);
  });

  it('answers 503 while its file is locked, and stores at the retry', async () => {
    const env = { WEBHOOK_SECRET: SECRET, ...withDataDir() };
    const running = await startOnNode('logger', env);
    const lock = new Database(join(env.DATA_DIR, 'logger.db'));
    lock.exec('BEGIN IMMEDIATE');
    const callback = aCallback('order.confirmed');
    expect(await running.deliver(callback)).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
    lock.exec('ROLLBACK');
    lock.close();
    expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'stored' } });
    await running.kill();
  });
});

describe('the notifier on Node', () => {
  notifierScenarios(startOnNode, withDataDir);
});

describe('the host', () => {
  it('tells a launcher when it is there', async () => {
    const running = await startOnNode('logger', { WEBHOOK_SECRET: SECRET, ...withDataDir() });
    for (const path of ['live', 'ready']) {
      expect((await fetch(`${running.url}/health/${path}`)).status).toBe(200);
    }
    await running.kill();
  });

  it.each([
    ['logger', 'set LOGGER_WEBHOOK_SECRET or WEBHOOK_SECRET'],
    ['notifier', 'set NOTIFIER_WEBHOOK_SECRET or WEBHOOK_SECRET'],
  ] as const)('does not start the %s unconfigured, and says what to set', async (name, message) => {
    const running = await launchOnNode(name, withDataDir());
    expect(await running.ended()).toBe(1);
    await waitUntil('it says why', () => running.output.includes(message));
    expect(running.output).not.toContain('    at ');
  });

  it('finishes what is in flight at SIGTERM, while it takes nothing new', async () => {
    const telegram = await TelegramStandIn.start();
    let release = () => {};
    telegram.onRequest = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const running = await startOnNode('notifier', {
      WEBHOOK_SECRET: SECRET,
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_CHAT_ID: '1',
      TELEGRAM_API_URL: telegram.url,
      ...withDataDir(),
    });
    const silent = connect(Number(new URL(running.url).port), '127.0.0.1');
    const delivery = running.deliver(aCallback('order.confirmed'));
    await waitUntil('the message is on its way', () => telegram.requests === 1);
    running.signal('SIGTERM');
    await waitUntil('it takes no connections', () => isRefused(running.url));
    expect(running.isRunning).toBe(true);
    release();
    expect(await delivery).toMatchObject({ status: 200, body: { status: 'sent' } });
    expect(await running.ended()).toBe(0);
    await waitUntil('whoever was silent is not waited for', () => silent.closed);
    // A process ends before the last of what it has said is read.
    await waitUntil('it has said so', () => running.output.includes('stopped'));
    await telegram.stop();
  });

  it.each(['TRACE / HTTP/1.1', 'POST http://[ HTTP/1.1', 'POST // HTTP/1.1'])(
    'survives the request "%s"',
    async (line) => {
      const running = await startOnNode('logger', { WEBHOOK_SECRET: SECRET, ...withDataDir() });
      const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk.toString();
      });
      socket.write(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
      await waitUntil('it is answered', () => /^HTTP\/1.1 4\d\d /.test(received));
      expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
      socket.destroy();
      await running.kill();
    },
  );

  it('closes a connection whose headers do not come', async () => {
    const running = await startOnNode('logger', { WEBHOOK_SECRET: SECRET, ...withDataDir() });
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    const received: string[] = [];
    socket.on('data', (chunk) => received.push(chunk.toString()));
    socket.write('POST / HTTP/1.1\r\nhost: x\r\n');
    await waitUntil('it is closed', () => socket.closed, { timeoutMs: 60_000 });
    expect(received.join('')).toContain('408');
    await running.kill();
  });
});

const isRefused = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
