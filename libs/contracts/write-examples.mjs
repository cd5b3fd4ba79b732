// Writes src/examples.ts from the JSON files in examples/, so that services can show them wherever they run: what is
// deployed of this package is its compiled code. Run it after a change there: npm run examples -w @holdfast/contracts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('examples/', import.meta.url);

const read = (directory) =>
  Object.fromEntries(
    readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(name, directory), 'utf8'))])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

writeFileSync(
  fileURLToPath(new URL('src/examples.ts', import.meta.url)),
  `// Written by write-examples.mjs from the files in examples/; examples.spec.ts holds the two together.

/** Messages as they are on the wire, by pattern, or by pattern and variant where one can say different things. */
export const messageExamples: Record<string, { pattern: string; data: Record<string, unknown> }> = ${JSON.stringify(read(folder))};

/** Bodies of callbacks, by event type, or by type and variant. */
export const callbackExamples: Record<string, Record<string, unknown>> = ${JSON.stringify(read(new URL('callbacks/', folder)))};
`,
);
