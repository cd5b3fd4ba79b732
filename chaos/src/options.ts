import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Dialect } from '@holdfast/platform';
import { BROKEN_BUILDS } from './builds/all.js';
import { type BrokenBuild } from './builds/broken-build.js';
import { FAULTS } from './faults/all.js';
import { DEFAULT_LIMITS, type Limits } from './watch/limits.js';

export const USAGE = `npm run chaos -- [options]

  --seed N               the same faults in the same order, and the same choices in each; without it a new one is drawn
  --database sqlite      or postgres
  --brokers 1            nodes of RabbitMQ: 1 or 3
  --instances 1          processes of each service; more than one needs --database postgres
  --seconds 120          a short run, start and end included: one fault of each kind first, and none that would last
                         longer, but at least one; without it every fault is tried
  --fault NAME           only the fault NAME, or those whose name contains it; may be given more than once
  --build NAME           a deliberately broken build, which has to be caught: ${BROKEN_BUILDS.map(({ name }) => name).join(', ')}
  --controls             what is done to the broken builds of this stand, done to the product as it is, which has to hold
  --red-within 30        seconds that a lost consumer may take to show in readiness
  --keep                 leave the folder with history, logs and databases, also when everything held
  --list                 names of all faults
  --help`;

export interface ChaosOptions {
  seed: number;
  dialect: Dialect;
  brokerNodes: 1 | 3;
  instances: number;
  /** For the whole run; undefined for every fault, however long that takes. */
  seconds: number | undefined;
  faults: readonly string[];
  build: BrokenBuild | undefined;
  /** Whether the sound product goes through what shows the broken builds. */
  controls: boolean;
  limits: Limits;
  keep: boolean;
}

/** What the command line asks for; `list` and `help` instead of a run. @throws Error that says what is wrong with it. */
export function readOptions(args: readonly string[]): ChaosOptions | 'list' | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      database: { type: 'string', default: 'sqlite' },
      brokers: { type: 'string', default: '1' },
      instances: { type: 'string', default: '1' },
      seconds: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      build: { type: 'string' },
      controls: { type: 'boolean', default: false },
      'red-within': { type: 'string', default: String(DEFAULT_LIMITS.redWithinMs / 1_000) },
      keep: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.list) return 'list';
  const dialect = oneOf('--database', values.database, ['sqlite', 'postgres']);
  const instances = integer('--instances', values.instances, 1, 8);
  if (instances > 1 && dialect === 'sqlite') {
    throw new Error('--instances above 1 needs --database postgres: a SQLite file has one service that writes to it');
  }
  const build = values.build === undefined ? undefined : buildNamed(values.build);
  if (build && (!build.dialects.includes(dialect) || build.instances > instances)) {
    const takes = `--database ${build.dialects.join(' or ')} and --instances ${build.instances}`;
    throw new Error(`the broken build ${build.name} shows with ${takes}`);
  }
  if (values.controls && (build || values.fault.length > 0))
    throw new Error('--controls has its own faults and no build');
  return {
    dialect,
    instances,
    build,
    controls: values.controls,
    limits: { ...DEFAULT_LIMITS, redWithinMs: integer('--red-within', values['red-within'], 1, 600) * 1_000 },
    seed: values.seed === undefined ? randomInt(2 ** 31) : integer('--seed', values.seed, 0, 2 ** 32),
    brokerNodes: oneOf('--brokers', values.brokers, ['1', '3']) === '3' ? 3 : 1,
    seconds: values.seconds === undefined ? undefined : integer('--seconds', values.seconds, 1, 86_400),
    faults: values.fault.map(known),
    keep: values.keep,
  };
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new Error(`${name} is one of ${choices.join(', ')}; it is "${value}"`);
  return choice;
}

function integer(name: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new Error(`${name} is a whole number from ${min} to ${max}; it is "${value}"`);
}

function buildNamed(name: string): BrokenBuild {
  const names = BROKEN_BUILDS.map((build) => build.name);
  const chosen = oneOf('--build', name, names);
  return BROKEN_BUILDS.find((build) => build.name === chosen) as BrokenBuild;
}

function known(part: string): string {
  if (FAULTS.some(({ name }) => name.includes(part))) return part;
  throw new Error(`no fault has "${part}" in its name; --list shows them all`);
}
