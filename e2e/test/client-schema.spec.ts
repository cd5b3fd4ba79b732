import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApiDocument } from '../../api-gateway/src/docs/openapi.js';

const inClient = (path: string): string => resolve(__dirname, '../../libs/client', path);

/** The first line that is not the same: a whole comparison of these texts takes a minute to print. */
function firstDifference(one: string, other: string) {
  const lines = one.split('\n');
  const others = other.split('\n');
  const index = Array.from({ length: Math.max(lines.length, others.length) }, (_, at) => at).find(
    (at) => lines[at] !== others[at],
  );
  return index === undefined ? undefined : { line: index + 1, is: lines[index], shouldBe: others[index] };
}

// Write them anew with: npx tsc -b api-gateway && npm run generate -w @holdfast/client
it("the client's types are those of the OpenAPI document", () => {
  const input = JSON.stringify(openApiDocument());
  const types = execFileSync(process.execPath, [inClient('generate/print-schema.mjs')], { input, encoding: 'utf8' });
  expect(firstDifference(readFileSync(inClient('src/schema.ts'), 'utf8'), types)).toBeUndefined();
});
