import { parseArgs } from 'node:util';
import { ConfigError, maskedUrl } from '../../config.js';
import { messageOf } from '../../errors.js';
import { type DatabaseLocation } from '../database.js';
import { CopyRefusedError } from './copy.errors.js';
import { type CopyOptions, checkCopy, copyDatabase } from './copy-database.js';
import { progressText, reportText } from './copy-report.js';

/** What the command of a service knows that it is not told at the terminal. */
export interface CopyCommand extends Pick<CopyOptions, 'migrations' | 'inspect'> {
  /** As `--service` names it. */
  service: string;
  /** The variable that says where the service keeps its data. */
  variable: string;
  /** Where the service keeps its data, by its configuration. */
  configured: () => DatabaseLocation;
}

export interface Terminal {
  say(line: string): void;
  complain(line: string): void;
}

/** 0: copied, or could be. 1: refused, and the message says what is to be done first. 2: failed on the way. */
export type CopyExitCode = 0 | 1 | 2;

interface Wanted {
  from: string;
  to: string;
  check: boolean;
}

// Often enough to see that it goes on, seldom enough to be read.
const PROGRESS_EVERY_MS = 1_000;

export const processTerminal: Terminal = {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
};

/**
 * The command that copies a service's SQLite file to PostgreSQL: `--to postgres://… [--from <file>] [--check]`.
 *
 * @param argv the arguments behind the program's name.
 */
export async function runCopyCommand(
  command: CopyCommand,
  argv: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<CopyExitCode> {
  try {
    const { check, ...wanted } = read(command, argv);
    const { migrations, inspect } = command;
    const options = { ...wanted, migrations, ...(inspect && { inspect }) };
    if (check) await say(command, options, terminal);
    else await copy(command, options, terminal);
    return 0;
  } catch (error) {
    const refused = error instanceof CopyRefusedError || error instanceof ConfigError;
    terminal.complain(`${command.service}: ${messageOf(error)}`);
    terminal.complain(refused ? 'Nothing was copied.' : 'Not copied; what was begun is taken back.');
    return refused ? 1 : 2;
  }
}

function read({ service, variable, configured }: CopyCommand, argv: readonly string[]): Wanted {
  const { from, to, check } = parsed(argv);
  if (to === undefined || !URL.canParse(to) || !/^postgres(ql)?:$/.test(new URL(to).protocol)) {
    throw new CopyRefusedError('--to must be the postgres://… URL of an empty database.');
  }
  if (from !== undefined) return { from: from.replace(/^sqlite:/, ''), to, check };
  const location = configured();
  if (location.dialect === 'sqlite') return { from: location.file, to, check };
  throw new CopyRefusedError(
    `${variable} is PostgreSQL already: name the file that ${service} has had until now with --from.`,
  );
}

function parsed(argv: readonly string[]): { from?: string; to?: string; check: boolean } {
  const options = {
    from: { type: 'string' },
    to: { type: 'string' },
    check: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new CopyRefusedError(messageOf(error));
  }
}

async function say({ service }: CopyCommand, options: CopyOptions, terminal: Terminal): Promise<void> {
  await checkCopy(options);
  terminal.say(`${service}: ${options.from} can be copied to ${maskedUrl(options.to)}`);
}

async function copy({ service, variable }: CopyCommand, options: CopyOptions, terminal: Terminal): Promise<void> {
  const started = Date.now();
  terminal.say(`${service}: copying ${options.from} to ${maskedUrl(options.to)}`);
  const report = await copyDatabase({ ...options, onProgress: progressTo(terminal) });
  terminal.say(reportText(report));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  terminal.say(`${service}: copied in ${seconds} s; rows and checksums are the same in both.`);
  terminal.say(`Now set ${variable} to the new database, start the service, and put the file away:`);
  terminal.say('started on it once more, the service would go on from where it was.');
}

function progressTo({ say: tell }: Terminal): NonNullable<CopyOptions['onProgress']> {
  let toldAt = 0;
  return (table, copied, rows) => {
    if (copied < rows && Date.now() - toldAt < PROGRESS_EVERY_MS) return;
    // A table that is empty has nothing to tell, and one that is done in a batch tells it once.
    if (rows === 0) return;
    toldAt = Date.now();
    tell(progressText(table, copied, rows));
  };
}
