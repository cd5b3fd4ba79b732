import { parseArgs } from 'node:util';
import { type FigureName, Figures, figureNames, flagOf, specOf } from './figures.js';

const RATES = [1_000, 10_000, 100_000, 1_000_000];

export interface ModelOptions {
  ordersPerMinute: number[];
  /** Results of the bench whose figures replace the reference. */
  results: string[];
  /** Figures that replace both. */
  figures: Partial<Figures>;
  /** Whether what was measured becomes the reference. */
  keep: boolean;
}

/** Reads the command line. Throws with a sentence that names the option at fault; answers undefined for --help. */
export function readModelOptions(args: string[]): ModelOptions | undefined {
  const ofFigures = Object.fromEntries(figureNames.map((name) => [flagOf(name), { type: 'string' as const }]));
  const { values } = parseArgs({
    args,
    options: {
      ...ofFigures,
      model: { type: 'boolean' },
      'orders-per-minute': { type: 'string' },
      results: { type: 'string', multiple: true },
      keep: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const rates = values['orders-per-minute'];
  const given: Partial<Figures> = {};
  for (const name of figureNames) {
    const text = (values as Record<string, unknown>)[flagOf(name)];
    if (typeof text === 'string') given[name] = positive(flagOf(name), text);
  }
  return {
    ordersPerMinute:
      typeof rates === 'string' ? rates.split(',').map((rate) => positive('orders-per-minute', rate)) : RATES,
    results: Array.isArray(values.results) ? values.results.map(String) : [],
    figures: given,
    keep: values.keep === true,
  };
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && (value > 0 || option === flagOf('standbys'))) return value;
  throw new Error(`--${option}: "${text}" is not a number above 0.`);
}

/** Every option with what it means. */
export function modelUsage(): string {
  const described = (name: FigureName) => {
    const { what, assumed } = specOf(name);
    return `  --${flagOf(name)}`.padEnd(32) + what + (assumed === undefined ? ', measured' : `; ${assumed}`);
  };
  return [
    'npm run bench -- --model [options]',
    '',
    '  --orders-per-minute 1000,10000  one column each',
    '  --results .bench/<run>.json   take what such a run has measured on PostgreSQL; may be given more than once',
    '  --keep                        write the measured figures to bench/reference-figures.json',
    ...figureNames.map(described),
  ].join('\n');
}
