import { join } from 'node:path';
import { SeededRandom } from '@holdfast/testing';
import { chooseFaults } from './choose-faults.js';
import { type Fault, type Scene } from './faults/fault.js';
import { History } from './history/history.js';
import { Load } from './load/load.js';
import { ShopClient } from './load/shop-client.js';
import { type ChaosOptions } from './options.js';
import { lineOf } from './report/report.js';
import { type ChaosResult, type RoundResult } from './result.js';
import { holdRound } from './round.js';
import { KEYS, Stand } from './stand/stand.js';
import { Watch } from './watch/watch.js';

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
  const random = new SeededRandom(options.seed);
  const history = new History(join(folder, 'history.jsonl'));
  const { build } = options;
  const stand = await Stand.start({
    dialect: options.dialect,
    brokerNodes: options.brokerNodes,
    instances: options.instances,
    folder,
    random: random.fork(),
    always: build && { build: build.name },
    progress: (what) => say(`starting ${what} …`),
  });
  const watch = new Watch(stand, history);
  try {
    watch.start();
    const scene = sceneOf(stand, history, random.fork());
    const { faults, impossible } = chooseFaults(options, stand, random.fork());
    say(`${faults.length} faults, seed ${options.seed}`);
    const rounds = await holdRounds(faults, scene, watch, say);
    await watch.stop();
    return { rounds, impossible, ...summaryOf(rounds), memoryMb: watch.peaks.memoryMb, backlog: watch.peaks.backlog };
  } finally {
    await watch.stop();
    stand.writeLogs();
    await stand.close();
    history.end();
  }
}

function sceneOf(stand: Stand, history: History, random: SeededRandom): Scene {
  const client = (key: string) => new ShopClient(stand.gatewayUrls, key, history, random.fork());
  const load = new Load(client(KEYS.shop), client(KEYS.operator), random.fork());
  return { stand, history, random, load, poisoned: { count: 0 } };
}

async function holdRounds(
  faults: readonly Fault[],
  scene: Scene,
  watch: Watch,
  say: (line: string) => void,
): Promise<RoundResult[]> {
  const rounds: RoundResult[] = [];
  for (const fault of faults) {
    const round = await holdRound(fault, scene, watch).catch((error: unknown) => notHeld(fault, error));
    rounds.push(round);
    say(lineOf(round, rounds.length, faults.length));
    if (round.verdict.size > 0 || round.failure !== undefined) break;
  }
  return rounds;
}

/** Nothing could be looked at afterwards: no node of the broker runs any more, for example. */
const notHeld = ({ name }: Fault, error: unknown): RoundResult => ({
  ...{ fault: name, seconds: 0, orders: 0, verdict: new Map() },
  failure: error instanceof Error ? error.message : String(error),
});

const summaryOf = (rounds: readonly RoundResult[]): Pick<ChaosResult, 'broken' | 'failed'> => ({
  broken: new Set(rounds.flatMap(({ verdict }) => [...verdict.keys()])),
  failed: rounds.filter(({ failure }) => failure !== undefined).length,
});
