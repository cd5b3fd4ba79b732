import { ImportTally, importReportSchema } from './import-report.js';

const anError = (line: number) => ({ line, sku: null, code: 'SKU_TAKEN' as const, errors: [] });

describe('the report of an import', () => {
  it('counts, and lists failures by line, in whatever order they came', () => {
    const tally = new ImportTally();
    for (const outcome of ['created', 'existing', 'created'] as const) tally.count(outcome);
    for (const line of [9, 3, 5]) tally.refuse(anError(line));
    const report = tally.report();
    expect(importReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({ created: 2, existing: 1, failed: 3 });
    expect(report.errors.map(({ line }) => line)).toEqual([3, 5, 9]);
  });

  it('lists 1,000 failures and counts on', () => {
    const tally = new ImportTally();
    for (let line = 2; line < 5_002; line += 1) tally.refuse(anError(line));
    const { failed, errors } = tally.report();
    expect([failed, errors.length]).toEqual([5_000, 1_000]);
  });
});
