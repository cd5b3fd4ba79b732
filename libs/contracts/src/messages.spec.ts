import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractOf, messages, type Pattern } from './messages.js';

const folder = join(__dirname, '..', 'examples');
const patterns = Object.keys(messages) as Pattern[];
// Whole callback bodies stand in a folder of their own, see webhook-events.spec.ts.
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name);

const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** `<pattern>.json`, or `<pattern>.<variant>.json` where one message can say different things. */
const examplesOf = (pattern: Pattern): string[] =>
  files.filter((file) => file === `${pattern}.json` || (file.startsWith(`${pattern}.`) && file.endsWith('.json')));

describe('the list of messages', () => {
  it.each(['__proto__', 'constructor', 'toString', 'orders.unknown', '', 'ORDERS.CREATE'])('has no %j', (pattern) => {
    expect(contractOf(pattern)).toBeUndefined();
  });

  it.each(patterns)('has %s', (pattern) => {
    expect(contractOf(pattern)).toBe(messages[pattern]);
  });
});

describe('the examples', () => {
  it.each(patterns)('show %s as it is on the wire', (pattern) => {
    expect(files).toContain(`${pattern}.json`);
    for (const file of examplesOf(pattern)) {
      const example = read(file) as { pattern: string; data: unknown };
      expect(Object.keys(example)).toEqual(['pattern', 'data']);
      expect(example.pattern).toBe(pattern);
      // Equal, not only valid: an example with a field that the schema drops shows what nobody reads.
      expect(messages[pattern].schema.parse(example.data)).toEqual(example.data);
    }
  });

  it('show nothing that is not a message', () => {
    expect(files.filter((file) => !patterns.some((pattern) => examplesOf(pattern).includes(file)))).toEqual([]);
  });
});
