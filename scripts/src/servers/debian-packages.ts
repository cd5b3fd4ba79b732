import { existsSync } from 'node:fs';
import { runProgram } from './run-program.js';

/**
 * Installs packages without starting their services: Debian asks /usr/sbin/policy-rc.d before it starts one, and 101
 * means no (invoke-rc.d(8)). A machine that has a policy of its own keeps it.
 */
const INSTALL_SCRIPT = `
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends "$@"
`;

/** Whether this is Debian or a descendant and we are root, or sudo asks for no password. */
export async function canInstallPackages(): Promise<boolean> {
  if (!existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return false;
  if (isRoot()) return true;
  return (await runProgram('sudo', ['-n', 'true'], { timeoutMs: 10_000 })).ok;
}

/** Answers what went wrong, or undefined when the packages are installed. */
export async function installPackages(names: string[]): Promise<string | undefined> {
  const command = ['sh', '-c', INSTALL_SCRIPT, 'install', ...names];
  const [program = 'sh', ...args] = isRoot() ? command : ['sudo', '-n', ...command];
  // Ten minutes: Erlang is large and mirrors can be slow.
  const { ok, output } = await runProgram(program, args, { timeoutMs: 600_000 });
  return ok ? undefined : reason(output);
}

/** apt-get marks its errors with "E:"; the rest is what it did before. */
function reason(output: string): string {
  const lines = output.trim().split('\n');
  return lines.findLast((line) => line.startsWith('E:')) ?? lines.at(-1) ?? '';
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
