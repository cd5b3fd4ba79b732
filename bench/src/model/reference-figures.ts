import { readFileSync, writeFileSync } from 'node:fs';
import { Measurement } from '../measurement.js';
import { type FigureName, Figures, figureNames, specOf } from './figures.js';
import { figuresOf } from './results-figures.js';

/** Reads the file of measured figures that ships with the bench. */
export const readReference = (file: string): Partial<Figures> => JSON.parse(readFileSync(file, 'utf8'));

/** Writes those that are measured, to four digits, and leaves the assumptions out. */
export function writeReference(file: string, figures: Figures): void {
  const isMeasured = (name: FigureName) => specOf(name).assumed === undefined;
  const measured = figureNames.filter(isMeasured).map((name) => [name, Number(figures[name].toPrecision(4))]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`);
}

/** The figures of runs of the bench, of a later one where several have measured the same. */
export function readResults(files: readonly string[]): Partial<Figures> {
  const all = files.map((file) => {
    const { measurements = [] } = JSON.parse(readFileSync(file, 'utf8')) as { measurements?: Measurement[] };
    return figuresOf(measurements);
  });
  return Object.assign({}, ...all);
}
