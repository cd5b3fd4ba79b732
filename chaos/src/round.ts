import { messagesIn } from '@holdfast/testing';
import { readBooks } from './books/books.js';
import { type Fault, type Scene } from './faults/fault.js';
import { judge } from './invariants/all.js';
import { type Evidence } from './invariants/invariant.js';
import { CATALOGUE } from './load/catalogue.js';
import { type RoundResult } from './result.js';
import { comeToRest } from './stand/come-to-rest.js';
import { DEAD_LETTERS } from './stand/queues.js';
import { ENDPOINTS, type Endpoint } from './stand/subscribers.js';
import { type Watch } from './watch/watch.js';

/** Load, the fault in the middle of it, load again, rest, and then everything is held against everything. */
export async function holdRound(fault: Fault, scene: Scene, watch: Watch): Promise<RoundResult> {
  const { stand, load, random, history, rest } = scene;
  const started = performance.now();
  const acceptedBefore = load.accepted;
  history.incident(`begin: ${fault.name}`);
  let failure: string | undefined;
  try {
    load.start(random.fork());
    stand.subscribers.failBy(random.fork());
    await load.goesOn(random.between(10, 60));
    await fault.inflict(scene);
    await stand.ready();
    await load.goesOn(20);
    await load.pause();
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    await load.pause().catch(() => undefined);
  }
  watch.lookAtRequests();
  const unfinished = await comeToRest(stand, rest);
  history.incident(`end: ${fault.name}`);
  return {
    fault: fault.name,
    seconds: (performance.now() - started) / 1_000,
    orders: load.accepted - acceptedBefore,
    verdict: judge(await gather(scene, watch, unfinished)),
    failure,
  };
}

async function gather(
  { stand, history, poisoned }: Scene,
  watch: Watch,
  unfinished: Record<string, number>,
): Promise<Evidence> {
  return {
    unfinished,
    calls: history.calls,
    books: await readBooks(stand.databases),
    initialStock: new Map(CATALOGUE.map(({ sku, stock }) => [sku, stock])),
    accepted: atEach((endpoint) => stand.subscribers.accepted(endpoint)),
    refused: atEach((endpoint) => stand.subscribers.refused(endpoint)),
    webhookIds: stand.subscribers.webhookIds,
    forged: stand.subscribers.forged.length,
    deadLetters: await messagesIn(stand.broker.alive.url, DEAD_LETTERS),
    poisoned: poisoned.count,
    silent: watch.silent,
    unbounded: watch.unbounded,
  };
}

const atEach = <T>(what: (endpoint: Endpoint) => T): Map<Endpoint, T> =>
  new Map(ENDPOINTS.map((endpoint) => [endpoint, what(endpoint)]));
