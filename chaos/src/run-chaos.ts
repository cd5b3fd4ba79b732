import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { SeededRandom } from '@holdfast/testing';
import { chooseFaults } from './choose-faults.js';
import { type Fault, type Scene } from './faults/fault.js';
import { History } from './history/history.js';
import { Load, THINK_OF_MANY_MS } from './load/load.js';
import { ShopClient } from './load/shop-client.js';
import { type ChaosOptions } from './options.js';
import { lineOf } from './report/report.js';
import { type ChaosResult, type RoundResult } from './result.js';
import { holdRound } from './round.js';
import { REST, REST_OF_BUILDS } from './stand/come-to-rest.js';
import { KEYS, Stand } from './stand/stand.js';
import { Watch } from './watch/watch.js';
import { whileTheyFit } from './while-they-fit.js';

/**
 * One run: everything is started, every fault has its round, everything is stopped. It ends with the first round that
 * breaks something: what comes after it proves nothing any more.
 *
 * @param folder for data, logs and history.
 */
export async function runChaos(
  options: ChaosOptions,
  folder: string,
  say: (line: string) => void,
): Promise<ChaosResult> {
  const startedAt = performance.now();
  const history = new History(join(folder, 'history.jsonl'));
  const { build, seconds } = options;
  const stand = await Stand.start({
    dialect: options.dialect,
    brokerNodes: options.brokerNodes,
    instances: options.instances,
    folder,
    always: build && { build: build.name },
    progress: (what) => say(`starting ${what} …`),
  });
  const watch = new Watch(stand, history, options.limits);
  let broken = true;
  try {
    watch.start();
    const sceneOf = stageOn(stand, history, options);
    const { faults, impossible } = chooseFaults(options, stand, new SeededRandom(options.seed));
    const isShort = seconds !== undefined;
    say(`${isShort ? `as many as fit into ${seconds} s of ` : ''}${faults.length} faults, seed ${options.seed}`);
    const rounds = await holdRounds(inTime(faults, seconds, startedAt), sceneOf, watch, (round, number) =>
      say(lineOf(round, number, isShort ? undefined : faults.length)),
    );
    broken = rounds.some(isBroken);
    await watch.stop();
    return { rounds, impossible, ...summaryOf(rounds), memoryMb: watch.peaks.memoryMb, backlog: watch.peaks.backlog };
  } finally {
    await watch.stop();
    stand.writeLogs();
    await stand.close(broken || options.keep || build !== undefined);
    history.end();
  }
}

/** All of them, or what can be over so many seconds after the start. */
function inTime(faults: readonly Fault[], seconds: number | undefined, startedAt: number): Iterable<Fault> {
  if (seconds === undefined) return faults;
  return whileTheyFit(faults, () => seconds - (performance.now() - startedAt) / 1_000);
}

/** What a round happens in: everything in common with the others, and chance of its own. */
function stageOn(stand: Stand, history: History, { seed, limits, ...options }: ChaosOptions): (fault: Fault) => Scene {
  const random = new SeededRandom(seed);
  const client = (key: string) => new ShopClient(stand.gatewayUrls, key, history, random.fork());
  const pace = options.instances > 1 ? { thinkMs: THINK_OF_MANY_MS } : {};
  const load = new Load(client(KEYS.shop), client(KEYS.operator), stand.subscribers.closedId, pace);
  const rest = options.build || options.controls ? REST_OF_BUILDS : REST;
  const common = { stand, history, load, limits, rest, poisoned: { count: 0 } };
  return ({ name }) => ({ ...common, random: new SeededRandom(seedOf(seed, name)) });
}

/** By the run's seed and the fault alone, so that it can be had again without the faults before it. */
const seedOf = (seed: number, fault: string): number =>
  createHash('sha256').update(`${seed} ${fault}`).digest().readUInt32BE();

async function holdRounds(
  faults: Iterable<Fault>,
  sceneOf: (fault: Fault) => Scene,
  watch: Watch,
  tell: (round: RoundResult, number: number) => void,
): Promise<RoundResult[]> {
  const rounds: RoundResult[] = [];
  for (const fault of faults) {
    const round = await holdRound(fault, sceneOf(fault), watch).catch((error: unknown) => notHeld(fault, error));
    rounds.push(round);
    tell(round, rounds.length);
    if (isBroken(round)) break;
  }
  return rounds;
}

const isBroken = ({ verdict, failure }: RoundResult): boolean => verdict.size > 0 || failure !== undefined;

/** Nothing could be looked at afterwards: no node of the broker runs any more, for example. */
const notHeld = ({ name }: Fault, error: unknown): RoundResult => ({
  ...{ fault: name, seconds: 0, orders: 0, verdict: new Map() },
  failure: error instanceof Error ? error.message : String(error),
});

const summaryOf = (rounds: readonly RoundResult[]): Pick<ChaosResult, 'broken' | 'failed'> => ({
  broken: new Set(rounds.flatMap(({ verdict }) => [...verdict.keys()])),
  failed: rounds.filter(({ failure }) => failure !== undefined).length,
});
