// npm run chaos: the same groundwork as npm test, then the harness. Arguments go to it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { orExplain, prepare } from './prepare.mjs';

const harness = fileURLToPath(new URL('../chaos/dist/main.js', import.meta.url));

await orExplain(async () => {
  await prepare();
  const { ensureServerPrograms } = await import('./dist/servers/ensure-server-programs.js');
  await ensureServerPrograms();
  const { status } = spawnSync(process.execPath, [harness, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
});
