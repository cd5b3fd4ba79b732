// npm test: the same groundwork as npm start, then every test. Arguments go to Jest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { orExplain, prepare } from './prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));

await orExplain(async () => {
  await prepare();
  const { ensureServerPrograms } = await import('./dist/servers/ensure-server-programs.js');
  await ensureServerPrograms();
  const { status } = spawnSync(process.execPath, [jest, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
});
