import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testServers } from '@holdfast/testing';
import { KEYS } from '../api-client.js';
import { type Stand } from '../stand.js';
import { Runbook } from './runbook.js';

/** What somebody sees who has typed something. */
export interface Typed {
  exitCode: number;
  output: string;
}

/** Somebody at a terminal who does what the runbook says. */
export class OperatorShell {
  /** Names of the blocks that were run. */
  readonly done = new Set<string>();
  readonly runbook = Runbook.read();
  readonly backup: string;
  private readonly blocks = this.runbook.blocks();
  private readonly env: Record<string, string>;

  constructor(stand: Pick<Stand, 'amqpUrl' | 'system'>) {
    const { root, folder } = testServers();
    const desk = mkdtempSync(join(folder, 'desk-'));
    this.backup = join(desk, 'backup');
    writeFileSync(join(desk, '.curlrc'), 'fail\n');
    this.env = {
      PATH: [programs(desk, 'npm', 'npm-run.mjs'), process.env.PATH, programs(desk, 'curl', 'curl.mjs')].join(':'),
      CURL_HOME: desk,
      RUNBOOK_ROOT: root,
      RUNBOOK_FOLDER: folder,
      HOLDFAST: stand.system.gatewayUrl,
      OPERATOR_KEY: KEYS.operator,
      AMQP_URL: stand.amqpUrl,
      DATA_DIR: stand.system.dataDir,
      BACKUP: this.backup,
    };
  }

  /**
   * Runs the block that the runbook marks with this name.
   *
   * @param variables that it needs beside those that are the same for all.
   */
  async run(name: string, variables: Record<string, string> = {}): Promise<Typed> {
    const commands = this.blocks.get(name);
    if (commands === undefined) throw new Error(`the runbook has no block that is named "${name}"`);
    this.done.add(name);
    return this.type(commands, variables);
  }

  /** Runs commands as they are, behind those that set the headers of all calls; what fails ends them. */
  async type(commands: string, variables: Record<string, string> = {}): Promise<Typed> {
    this.done.add('headers');
    const script = `set -euo pipefail\n${this.blocks.get('headers')}\n${commands}`;
    // In the repository, whose packages the commands need.
    const options = { cwd: testServers().root, env: { ...this.env, ...variables } };
    const shell = spawn('bash', ['-c', script], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(shell, 'close')) as [number | null];
    return { exitCode: code ?? -1, output: Buffer.concat(said).toString('utf8') };
  }
}

/** A folder for PATH, with one program, which Node runs. */
function programs(desk: string, name: string, file: string): string {
  const folder = join(desk, `bin-${name}`);
  mkdirSync(folder);
  const program = join(testServers().root, 'e2e', 'src', 'runbook', file);
  writeFileSync(join(folder, name), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}
