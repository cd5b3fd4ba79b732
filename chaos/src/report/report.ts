import { type BrokenBuild } from '../builds/broken-build.js';
import { INVARIANTS, type Verdict } from '../invariants/all.js';
import { type Letter } from '../invariants/invariant.js';
import { type ChaosOptions } from '../options.js';
import { type ChaosResult, type RoundResult } from '../result.js';
import { DEFAULT_LIMITS } from '../watch/limits.js';

/**
 * A round as it ends: `ok` or the letters of what broke, and how long it took.
 *
 * @param of undefined where nobody knows how many there will be.
 */
export function lineOf(result: RoundResult, number: number, of: number | undefined): string {
  const { fault, seconds, orders } = result;
  const place = of === undefined ? `${number}` : `${String(number).padStart(String(of).length)}/${of}`;
  return `${place}  ${outcomeOf(result).padEnd(9)} ${seconds.toFixed(1).padStart(6)} s ${String(orders).padStart(6)} orders  ${fault}`;
}

const outcomeOf = ({ verdict, failure }: RoundResult): string => {
  const letters = [...verdict.keys()].join('');
  if (letters !== '') return `BROKEN ${letters}`;
  return failure === undefined ? 'ok' : 'FAILED';
};

/** One line per fault, one column per invariant: `·` where it held. */
export function tableOf(results: readonly RoundResult[]): string {
  const width = Math.max(5, ...results.map(({ fault }) => fault.length));
  const header = `${'fault'.padEnd(width)}  ${INVARIANTS.map(({ letter }) => letter).join(' ')}   orders      s`;
  const rows = results.map(({ fault, verdict, failure, orders, seconds }) => {
    const marks = INVARIANTS.map(({ letter }) => (verdict.has(letter) ? 'X' : '·')).join(' ');
    const note = failure === undefined ? '' : '  not held as it should be';
    return `${fault.padEnd(width)}  ${marks} ${String(orders).padStart(8)} ${seconds.toFixed(1).padStart(6)}${note}`;
  });
  return [header, '-'.repeat(header.length), ...rows].join('\n');
}

export function legend(): string {
  return INVARIANTS.map(({ letter, promise }) => `  ${letter}  ${promise}`).join('\n');
}

/** Everything that was wrong, each sentence where it was first said. */
export function faultsOf(results: readonly RoundResult[]): string {
  const said = new Set<string>();
  const lines: string[] = [];
  for (const { fault, verdict, failure } of results) {
    const sentences = [...sentencesOf(verdict), ...(failure === undefined ? [] : [`   ${failure}`])];
    const news = sentences.filter((sentence) => !said.has(sentence));
    for (const sentence of news) said.add(sentence);
    if (news.length > 0) lines.push(`${fault}:`, ...news.map((sentence) => `  ${sentence}`));
  }
  return lines.join('\n');
}

const sentencesOf = (verdict: Verdict): string[] =>
  [...verdict].flatMap(([letter, sentences]) => sentences.map((sentence) => `${letter}  ${sentence}`));

/** The whole account of a run; `ok` when everything held, or when a broken build was caught by what it breaks. */
export function reportOf(
  options: ChaosOptions,
  { rounds, impossible, broken, failed, memoryMb, backlog }: ChaosResult,
  folder: string,
): { text: string; ok: boolean } {
  const held = broken.size === 0 && failed === 0;
  const ok = options.build === undefined ? held : caughtBy(options.build, broken).length > 0;
  const orders = rounds.reduce((sum, round) => sum + round.orders, 0);
  const peaks = [...memoryMb].map(([service, mb]) => `${service} ${mb} MB`).join(', ');
  const text = [
    '',
    tableOf(rounds),
    '',
    legend(),
    '',
    ...impossible.map(({ name, reason }) => `not tried: ${name}: ${reason}`),
    `highest: ${peaks}; ${backlog} messages in queues`,
    ...(held ? [] : ['', faultsOf(rounds), '']),
    verdictOf(options, held, broken, orders, rounds.length),
    ...(ok ? [] : againOf(options, rounds)),
    ...(ok && !options.keep ? [] : [`history, logs and databases: ${folder}`]),
  ].join('\n');
  return { text, ok };
}

function verdictOf(
  { seed, build }: ChaosOptions,
  held: boolean,
  broken: ReadonlySet<Letter>,
  orders: number,
  rounds: number,
): string {
  const what = `seed ${seed}: ${rounds} faults, ${orders} orders accepted`;
  if (build === undefined)
    return held ? `${what}; everything held` : `${what}; BROKEN: ${[...broken].join(' ') || 'the run'}`;
  const caught = caughtBy(build, broken);
  if (caught.length > 0) return `${what}; the broken build "${build.name}" was caught by ${caught.join(' ')}`;
  const instead = broken.size > 0 ? `; ${[...broken].join(' ')} broke, which proves nothing of it` : '';
  return `${what}; the broken build "${build.name}" was NOT caught by ${build.caughtBy.join(' or ')}${instead}`;
}

/** Of what a broken build says that it breaks, what was found broken. Anything else may have broken by itself. */
const caughtBy = (build: BrokenBuild, broken: ReadonlySet<Letter>): Letter[] =>
  build.caughtBy.filter((letter) => broken.has(letter));

/** What runs the same again, and what tries only the fault with which the run ended. */
function againOf(options: ChaosOptions, rounds: readonly RoundResult[]): string[] {
  const again = commandOf(options);
  const last = rounds.at(-1)?.fault;
  // What shows a broken build has no name to be asked for by, and is most of what its run tries.
  const isNameless = last === undefined || options.build || options.controls;
  const only = isNameless ? again : commandOf({ ...options, seconds: undefined, faults: [last] });
  return [`again: ${again}`, ...(only === again ? [] : [`only this fault: ${only}`])];
}

/** What runs the same again. */
export function commandOf(options: ChaosOptions): string {
  const { seed, dialect, brokerNodes, instances, seconds, faults, build, controls, limits } = options;
  const parts = [
    `--seed ${seed} --database ${dialect} --brokers ${brokerNodes} --instances ${instances}`,
    ...(seconds === undefined ? [] : [`--seconds ${seconds}`]),
    ...faults.map((fault) => `--fault '${fault}'`),
    ...(build === undefined ? [] : [`--build ${build.name}`]),
    ...(controls ? ['--controls'] : []),
    ...(limits.redWithinMs === DEFAULT_LIMITS.redWithinMs ? [] : [`--red-within ${limits.redWithinMs / 1_000}`]),
  ];
  return `npm run chaos -- ${parts.join(' ')}`;
}
