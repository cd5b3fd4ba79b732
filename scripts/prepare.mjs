/**
 * The groundwork of every command: dependencies installed, native addon fit for this Node, sources compiled.
 * It runs before anything is installed, so it imports nothing but Node. Each step costs little when there is nothing to
 * do (together about a second), so that no command needs to ask whether it was done.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The oldest Node that the pinned dependencies accept, as [major, minor]. */
const NODE_FLOOR = [20, 19];

/** Installing can compile an addon for minutes; a line this often shows that it still runs. */
const HEARTBEAT_MS = 15_000;

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A failure with one sentence for the person at the terminal. */
export class PrepareError extends Error {}

/** Throws PrepareError; whatever the failing tool printed is on the terminal by then. */
export async function prepare() {
  requireNode();
  if (!isInstalled()) await install();
  await fitNativeAddon();
  await build();
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [floorMajor, floorMinor] = NODE_FLOOR;
  if (major > floorMajor || (major === floorMajor && minor >= floorMinor)) return;
  throw new PrepareError(`Node ${floorMajor}.${floorMinor} or newer is needed; this is Node ${process.versions.node}.`);
}

/**
 * Whether what npm last installed is what package-lock.json asks for. npm writes its own list, in the same format, when
 * an install has succeeded; comparing the two is true also for an install that was not ours. Optional packages that
 * are absent belong to other platforms.
 */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, { version, optional }]) =>
      installed[path] === undefined ? optional === true : installed[path].version === version,
    );
}

function packagesOf(lockFile) {
  if (!existsSync(lockFile)) return {};
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

async function install() {
  say('Installing dependencies (a first time takes a few minutes: a database driver may have to be compiled) …');
  // The compiler is among the development dependencies: NODE_ENV=production must not leave it out.
  const code = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], 'still installing');
  if (code !== 0) throw new PrepareError(`"npm ci" failed with code ${code}; its reason is above.`);
}

/** A compiled addon belongs to one version of Node; after a change of Node it has to be built again. */
async function fitNativeAddon() {
  const problem = addonProblem();
  if (problem === undefined) return;
  if (!/NODE_MODULE_VERSION|ERR_DLOPEN_FAILED|Could not locate the bindings/.test(problem)) {
    throw new PrepareError(`The database driver better-sqlite3 does not load:\n${problem}`);
  }
  say(`Building better-sqlite3 for Node ${process.versions.node} …`);
  const code = await npm(['rebuild', 'better-sqlite3', '--loglevel=error'], 'still building');
  const remaining = addonProblem();
  if (code === 0 && remaining === undefined) return;
  throw new PrepareError(`better-sqlite3 could not be built for Node ${process.versions.node}.\n${remaining ?? ''}`);
}

/** In a process of its own: an addon, once loaded, cannot be replaced. */
function addonProblem() {
  const probe = "new (require('better-sqlite3'))(':memory:').close()";
  const { status, stderr } = spawnSync(process.execPath, ['-e', probe], { cwd: root, encoding: 'utf8' });
  return status === 0 ? undefined : stderr;
}

async function build() {
  const code = await npm(['run', '--silent', 'build'], 'still compiling');
  if (code !== 0) throw new PrepareError('The sources do not compile; the compiler says why above.');
}

/** Runs npm (the one that runs us, when there is one) and answers its exit code. */
function npm(args, heartbeat) {
  const own = process.env.npm_execpath;
  const useOwn = own !== undefined && /npm-cli\.[cm]?js$/.test(own);
  const [command, prefix] = useOwn ? [process.execPath, [own]] : ['npm', []];
  const started = Date.now();
  const timer = setInterval(() => {
    say(`… ${heartbeat} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, HEARTBEAT_MS);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], { cwd: root, stdio: 'inherit' });
    child.once('error', (error) => reject(new PrepareError(`npm cannot be executed: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  }).finally(() => clearInterval(timer));
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Runs `work`; a PrepareError becomes its sentence and exit code 1. */
export async function orExplain(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await orExplain(prepare);
}
