import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from './error-codes.js';

const document = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'errors.md'), 'utf8');

/** Rows of the table: `| CODE | status | meaning | what to do |`. */
const documented = [...document.matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, code, status, meaning, advice]) => ({ code, status: Number(status), meaning, advice }),
);

describe('docs/errors.md', () => {
  it('explains every error code, in the order of the source, and no other', () => {
    expect(documented.map(({ code }) => code)).toEqual(Object.keys(errorCodes));
  });

  it.each(Object.entries(errorCodes))('gives %s its status, its meaning and what to do', (code, { status }) => {
    expect(documented.find((row) => row.code === code)).toEqual({
      code,
      status,
      meaning: expect.stringMatching(/^[A-Z].{20,}\.$/),
      advice: expect.stringMatching(/^[A-Z].{10,}\.$/),
    });
  });
});
