import { readFileSync, writeFileSync } from 'node:fs';
import { DeliveryMeasurement } from '../deliveries/delivery-measurement.js';
import { Measurement } from '../measurement.js';
import { type FigureName, Figures, figureNames, specOf } from './figures.js';
import { figuresOf, figuresOfDeliveries } from './results-figures.js';

/** Reads the file of measured figures that ships with the bench. */
export const readReference = (file: string): Partial<Figures> => JSON.parse(readFileSync(file, 'utf8'));

/** Writes those that are measured, to four digits, and leaves the assumptions out. */
export function writeReference(file: string, figures: Figures): void {
  const isMeasured = (name: FigureName) => specOf(name).assumed === undefined;
  const measured = figureNames.filter(isMeasured).map((name) => [name, Number(figures[name].toPrecision(4))]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`);
}

/** What a file of the bench may hold. */
interface Results {
  measurements?: Measurement[];
  deliveries?: DeliveryMeasurement[];
}

/** The figures of runs of the bench, of a later one where several have measured the same. */
export function readResults(files: readonly string[]): Partial<Figures> {
  const all = files.map((file) => {
    const { measurements = [], deliveries = [] } = JSON.parse(readFileSync(file, 'utf8')) as Results;
    return { ...figuresOf(measurements), ...figuresOfDeliveries(deliveries) };
  });
  return Object.assign({}, ...all);
}
