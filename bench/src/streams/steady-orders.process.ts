import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { type LoadTarget } from '../load/load.js';
import type { SteadyLoad, SteadyResult } from './steady-orders.js';

/** Timers are late by a millisecond or so at every tick, which is part of each figure, with streams and without. */
const TICK_MS = 2;

/** As many as answers of a third of a second need at 200 orders a second; more orders wait, and their time counts. */
const CONNECTIONS = 64;

/**
 * Open loop: an order is sent when it is due, whether or not those before it are answered, and its time begins when it was
 * due. A system that stands still for a second is not asked less by that, and is not timed less either.
 */
async function run({ perSecond, seconds }: SteadyLoad, target: LoadTarget): Promise<SteadyResult> {
  // Closed at the end of the run, so that what the system has open then is not open for the load.
  const agent = new Agent({ connections: CONNECTIONS, pipelining: 1 });
  const orders = perSecond * seconds;
  const startedAt = performance.now();
  const times: Promise<number>[] = [];
  while (times.length < orders) {
    const due = Math.min(orders, Math.ceil(((performance.now() - startedAt) / 1000) * perSecond));
    for (let next = times.length; next < due; next += 1) {
      times.push(place(agent, target, next, startedAt + (next * 1000) / perSecond));
    }
    await delay(TICK_MS);
  }
  const sorted = (await Promise.all(times)).sort((a, b) => a - b);
  await agent.close();
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

/**
 * @returns how long it took from `dueAt` to the whole answer, in milliseconds. Rejects unless it is 201, which ends the
 * process, and with it the measurement.
 */
async function place(agent: Agent, target: LoadTarget, index: number, dueAt: number): Promise<number> {
  const { ordersUrls, headers, skus } = target;
  const { origin, pathname } = new URL(String(ordersUrls[index % ordersUrls.length]));
  const body = JSON.stringify({ productId: skus[index % skus.length], quantity: 1 });
  const answer = await agent.request({
    origin,
    path: pathname,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 201) throw new Error(`POST /orders answered ${answer.statusCode}: ${text}`);
  return performance.now() - dueAt;
}

process.once('disconnect', () => process.exit(0));
process.on('message', ({ load, target }: { load: SteadyLoad; target: LoadTarget }) => {
  run(load, target).then(
    (result) => process.send?.(result),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
process.send?.('ready');
