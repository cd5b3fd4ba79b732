/**
 * Messages (an answer of products-service) per second through one quorum queue, published with confirms and acked one by one, and the broker's CPU for each:
 * on one node, and on three that keep a copy each. The clients run on the same machine, so it is what a queue can do at
 * least.
 * Run: `npm run build && node bench/dist/micro/one-queue.js`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { byName, cpuSeconds, sum } from '../meters/process-usage.js';
import { becomesTrue } from '../processes/poll.js';
import { Teardown } from '../processes/teardown.js';
import { startServers } from '../systems/servers.js';

const MESSAGES = 60_000;
const ROUNDS = 3;
const UNCONFIRMED = 1_000;
const PREFETCH = 250;
const QUEUE = 'one';
const TIMEOUT_MS = 300_000;

const BODY = readFileSync(join(import.meta.dirname, '../../../libs/contracts/examples/product.stockReserved.json'));

async function consume(url: string): Promise<{ received: () => number; close: () => Promise<void> }> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  let received = 0;
  await channel.prefetch(PREFETCH);
  await channel.consume(QUEUE, (message) => {
    if (message === null) return;
    received += 1;
    channel.ack(message);
  });
  const close = async () => {
    // What was acked before is acked then; a connection that just ends may take the last acks with it.
    await channel.close();
    await connection.close();
  };
  return { received: () => received, close };
}

async function publish(url: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  for (let sent = 0; sent < MESSAGES; sent += UNCONFIRMED) {
    for (let n = 0; n < UNCONFIRMED; n += 1) channel.sendToQueue(QUEUE, BODY, { persistent: true });
    await channel.waitForConfirms();
  }
  await connection.close();
}

async function measure(brokers: number): Promise<void> {
  const teardown = new Teardown();
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-micro-'));
  await teardown.around(async () => {
    const { amqpUrl, metered } = await startServers({ dataDir, database: 'sqlite', brokers }, teardown);
    const nodes = metered.filter(({ name }) => name === 'rabbitmq');
    const url = amqpUrl.split(',')[0] ?? '';
    const connection = await connect(url);
    const channel = await connection.createChannel();
    await channel.assertQueue(QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    for (let round = 1; round <= ROUNDS; round += 1) {
      const [started, cpuBefore] = [performance.now(), sum(byName(nodes, cpuSeconds))];
      const consumer = await consume(url);
      const all = () => consumer.received() >= MESSAGES;
      await Promise.all([
        publish(url),
        becomesTrue('every message received', all, { timeoutMs: TIMEOUT_MS, intervalMs: 5 }),
      ]);
      await consumer.close();
      const perSecond = (MESSAGES * 1000) / (performance.now() - started);
      const cpuUs = ((sum(byName(nodes, cpuSeconds)) - cpuBefore) * 1e6) / MESSAGES;
      const figures = `${perSecond.toFixed(0)} messages/s, ${cpuUs.toFixed(0)} µs of the broker's CPU each`;
      process.stdout.write(`nodes: ${brokers}  ${figures}\n`);
    }
    await connection.close();
  });
  rmSync(dataDir, { recursive: true });
}

for (const brokers of [1, 3]) await measure(brokers);
