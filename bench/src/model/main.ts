/** The model of docs/scaling.md. Run: `node bench/dist/model/main.js --orders-per-minute 1000000`, or `npm run bench -- --model`. */
import { runModel } from './run-model.js';

try {
  runModel(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
