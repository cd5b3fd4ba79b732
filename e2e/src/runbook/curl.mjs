/** What the runbook asks of curl, for a machine that has none: `-sS -H <header> -X <method> -d <body> <url>`, and `--fail`. */
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { ...flag, short: 's' },
    'show-error': { ...flag, short: 'S' },
    header: { ...text, short: 'H', multiple: true },
    request: { ...text, short: 'X' },
    data: { ...text, short: 'd' },
  },
});

const headers = Object.fromEntries((values.header ?? []).map((header) => header.split(/: (.*)/s, 2)));
const method = values.request ?? (values.data === undefined ? 'GET' : 'POST');
const response = await fetch(positionals[0], { method, headers, body: values.data });
process.stdout.write(await response.text());
// As --fail has it, which the test sets in .curlrc.
if (!response.ok) process.exitCode = 22;
