/**
 * `npm run <script> [-- <argument>…]` of the repository without its first half, which compiles: the run that this belongs to
 * has done that. It runs in a folder without an .env file, since what a developer keeps there is not for tests.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PREPARE = 'node scripts/prepare.mjs && node ';

const { RUNBOOK_ROOT: root = '', RUNBOOK_FOLDER: folder = '' } = process.env;
const [run, name = '', ...rest] = process.argv.slice(2);
const command = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts[name];
if (run !== 'run' || !command?.startsWith(PREPARE)) throw new Error(`this is for scripts that "${PREPARE}" begins`);

const args = rest[0] === '--' ? rest.slice(1) : rest;
const program = join(root, command.slice(PREPARE.length));
process.exitCode = spawnSync(process.execPath, [program, ...args], { cwd: folder, stdio: 'inherit' }).status ?? 1;
