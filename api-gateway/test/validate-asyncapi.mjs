// Holds an AsyncAPI document from standard input against the public parser and prints what is wrong as JSON. A process of
// its own: loading the parser takes seconds in Jest, which would transform its dependencies.
import { text } from 'node:stream/consumers';
import { Parser } from '@asyncapi/parser';

// A newer version of the specification is no fault: few tools read 3.1 yet.
const ACCEPTED = 'asyncapi-latest-version';

const { document, diagnostics } = await new Parser().parse(await text(process.stdin));
process.stdout.write(
  JSON.stringify({
    version: document?.version(),
    problems: diagnostics
      .filter(({ code }) => code !== ACCEPTED)
      .map(({ code, message, path }) => ({ code, message, path: path.join('/') })),
  }),
);
