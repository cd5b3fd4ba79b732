import { join } from 'node:path';
import { completeFigures } from './figures.js';
import { modelUsage, readModelOptions } from './model-options.js';
import { inputTable, limitTable, planTable } from './model-tables.js';
import { readReference, readResults, writeReference } from './reference-figures.js';

const REFERENCE = join(import.meta.dirname, '../../reference-figures.json');

/** Prints what the model makes of the options. Throws with a sentence that names the one at fault. */
export function runModel(args: string[]): void {
  const options = readModelOptions(args);
  if (options === undefined) {
    process.stdout.write(`${modelUsage()}\n`);
    return;
  }
  const figures = completeFigures({
    ...readReference(REFERENCE),
    ...readResults(options.results),
    ...options.figures,
  });
  if (options.keep) writeReference(REFERENCE, figures);
  const tables = [
    inputTable(figures, 'measured'),
    inputTable(figures, 'assumed'),
    limitTable(figures),
    planTable(figures, options.ordersPerMinute),
  ];
  process.stdout.write(`${tables.join('\n\n')}\n`);
}
