import { parseArgs } from 'node:util';
import { Part } from './parts.js';
import { StartError } from './start.errors.js';

export interface StartOptions {
  /** How many processes a part has, by the part's name; one where nothing is said. */
  scale: ReadonlyMap<string, number>;
  /** Whether every part with a database is to have it on PostgreSQL. */
  postgres: boolean;
}

// PostgreSQL as it is started here has connections for fifteen instances of the services with a database.
const MOST_INSTANCES = 5;

export const USAGE = `npm start [-- options]

  --scale <service>=<n>   runs n instances of a service, 1 to ${MOST_INSTANCES}; may be given for several services
  --postgres              keeps the data of all services in PostgreSQL; more than one instance needs it anyway
  --help                  shows this`;

/**
 * Reads what stands behind `npm start --`; undefined when it asks for help.
 * Throws StartError for what is unknown, and for a scale that cannot be.
 */
export function parseStartOptions(argv: readonly string[], parts: readonly Part[]): StartOptions | undefined {
  const { scale = [], postgres = false, help = false } = valuesIn(argv);
  if (help) return undefined;
  const entries = scale.map((text) => scaleOf(text, parts));
  const names = entries.map(([name]) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new StartError(`--scale names ${titleOf(repeated, parts)} twice.`);
  return { scale: new Map(entries), postgres };
}

function valuesIn(argv: readonly string[]) {
  const options = {
    scale: { type: 'string', multiple: true },
    postgres: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function scaleOf(text: string, parts: readonly Part[]): [name: string, instances: number] {
  const [title = '', count, ...rest] = text.split('=');
  if (count === undefined || rest.length > 0) {
    throw new StartError(`--scale ${text} is not <service>=<number>, such as orders-service=2.`);
  }
  const part = parts.find((candidate) => candidate.title === title);
  if (part === undefined)
    throw new StartError(`There is no service "${title}" to scale; there are ${scalable(parts)}.`);
  if (part.subscriber !== undefined) {
    throw new StartError(
      `${title} runs once: its webhook names one address, and it knows repeats by what it has stored itself. What can be scaled: ${scalable(parts)}.`,
    );
  }
  const instances = Number(count);
  if (!/^\d+$/.test(count) || instances < 1 || instances > MOST_INSTANCES) {
    throw new StartError(`--scale ${text}: the number of instances is from 1 to ${MOST_INSTANCES}.`);
  }
  return [part.name, instances];
}

const scalable = (parts: readonly Part[]): string =>
  parts
    .filter(({ subscriber }) => subscriber === undefined)
    .map(({ title }) => title)
    .join(', ');

const titleOf = (name: string, parts: readonly Part[]): string =>
  parts.find((part) => part.name === name)?.title ?? name;
