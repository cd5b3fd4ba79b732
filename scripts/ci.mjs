// Runs the README's test command and then every check, counts what passed, and says so in the last line.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const resultsFile = fileURLToPath(new URL('../.jest-results.json', import.meta.url));

const checks = [
  { name: 'lint', args: ['run', 'lint'] },
  { name: 'format', args: ['run', 'format:check'] },
  { name: 'types', args: ['run', 'typecheck'] },
  { name: 'import layers', args: ['run', 'layers'] },
];

let passed = 0;
let failed = 0;

const run = (name, args) => {
  const started = Date.now();
  process.stdout.write(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}\n`);
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(
    `── ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - started) / 1000)} s)\n`,
  );
  return status === 0;
};

rmSync(resultsFile, { force: true });
const testsOk = run('tests', ['test', '--', '--json', `--outputFile=${resultsFile}`]);
if (existsSync(resultsFile)) {
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  passed += results.numPassedTests;
  failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  rmSync(resultsFile);
}
// A run that broke off, or passed nothing, is a failure whatever its counts say.
if (!testsOk && failed === 0) failed += 1;
if (testsOk && passed === 0) failed += 1;

for (const check of checks) {
  if (run(check.name, check.args)) passed += 1;
  else failed += 1;
}

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
