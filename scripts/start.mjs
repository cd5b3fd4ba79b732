/** `npm start`: the groundwork, then the compiled launcher. */
import { orExplain, prepare } from './prepare.mjs';

await orExplain(async () => {
  await prepare();
  const { main } = await import('./dist/start/main.js');
  await main();
});
