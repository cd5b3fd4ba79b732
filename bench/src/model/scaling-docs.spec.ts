import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeFigures } from './figures.js';
import { readModelOptions } from './model-options.js';
import { inputTable, limitTable, planTable } from './model-tables.js';
import { readReference } from './reference-figures.js';

const { UPDATE_DOCS } = process.env;

const root = join(__dirname, '..', '..', '..');
const file = join(root, 'docs', 'scaling.md');
const document = readFileSync(file, 'utf8');
const figures = completeFigures(readReference(join(root, 'bench', 'reference-figures.json')));

const TABLES: Record<string, string> = {
  measured: inputTable(figures, 'measured'),
  assumed: inputTable(figures, 'assumed'),
  limits: limitTable(figures),
  plans: planTable(figures, readModelOptions([])?.ordersPerMinute ?? []),
};

/** What stands between `<!-- model: <table> -->` and the end that follows. */
const GENERATED = /<!-- model: (\S+) -->\n[\s\S]*?<!-- end -->/g;

describe('docs/scaling.md', () => {
  it('shows what the model makes of the reference; UPDATE_DOCS=1 writes it', () => {
    const current = document.replace(
      GENERATED,
      (_, table: string) => `<!-- model: ${table} -->\n\n${TABLES[table]}\n\n<!-- end -->`,
    );
    if (UPDATE_DOCS === '1') writeFileSync(file, current);
    else expect(document).toBe(current);
  });

  it('shows every table', () => {
    expect([...document.matchAll(GENERATED)].map((match) => match[1]).sort()).toEqual(Object.keys(TABLES).sort());
  });
});
