import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callbackExamples, messageExamples } from './examples.js';

const folder = join(__dirname, '..', 'examples');

const filesIn = (directory: string): Record<string, unknown> =>
  Object.fromEntries(
    readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(join(directory, name), 'utf8'))]),
  );

// Write them anew with: npm run examples -w @holdfast/contracts
describe('the examples in the code', () => {
  it('are those of the files', () => {
    expect(messageExamples).toEqual(filesIn(folder));
  });

  it('have the callbacks of the files', () => {
    expect(callbackExamples).toEqual(filesIn(join(folder, 'callbacks')));
  });
});
