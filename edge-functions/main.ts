import { runFunction } from './host/run-function.ts';

await runFunction(process.argv.slice(2), process.env);
