import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';

const root = join(__dirname, '..', '..', '..');
const document = readFileSync(join(root, 'docs', 'webhook-events.md'), 'utf8');

/** Code blocks of a language under a heading of docs/webhook-events.md. */
function snippets(heading: string, language: string): string[] {
  const section = document.split(/^##+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (block) => block[1] ?? '',
  );
}

interface Callback {
  secret: string;
  headers: { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string };
  body: string;
}

const secretOf = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** A callback, signed by the public library. The body has what is easily changed by reading and writing it again. */
function aCallback({ secret = secretOf(), ageS = 0 }: { secret?: string; ageS?: number } = {}): Callback {
  const body = '{"id":"e-1", "data":{"reference":"Zoë\'s \\"gift\\" 🎁 %s $HOME","amount":1250.0}}\n';
  const at = new Date(Date.now() - ageS * 1_000);
  return {
    secret,
    headers: {
      'webhook-id': 'e-1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign('e-1', at, body),
    },
    body,
  };
}

const withHeaders = (callback: Callback, headers: Partial<Callback['headers']>): Callback => ({
  ...callback,
  headers: { ...callback.headers, ...headers },
});

const good = aCallback();
const other = aCallback({ secret: secretOf() }).headers['webhook-signature'];
const own = good.headers['webhook-signature'];

const forged = `v1,${createHmac('sha256', '')
  .update(`e-1.${good.headers['webhook-timestamp']}.${good.body}`)
  .digest('base64')}`;

const callbacks: [string, Callback, boolean][] = [
  ['as it was sent', good, true],
  ['that is four minutes old', aCallback({ ageS: 240 }), true],
  ['signed with another secret and with this one', withHeaders(good, { 'webhook-signature': `${other} ${own}` }), true],
  ['signed with this secret and with another one', withHeaders(good, { 'webhook-signature': `${own} ${other}` }), true],
  ['whose body was changed', { ...good, body: good.body.replace('1250', '1251') }, false],
  ['whose body was read and written again', { ...good, body: JSON.stringify(JSON.parse(good.body)) }, false],
  ['that is six minutes old', aCallback({ ageS: 360 }), false],
  ['of six minutes from now', aCallback({ ageS: -360 }), false],
  [
    'whose time was changed',
    withHeaders(good, { 'webhook-timestamp': `${Math.floor(Date.now() / 1_000) + 9}` }),
    false,
  ],
  ['without a time', withHeaders(good, { 'webhook-timestamp': '' }), false],
  ['whose time is none', withHeaders(good, { 'webhook-timestamp': 'now' }), false],
  ['of another id', withHeaders(good, { 'webhook-id': 'e-2' }), false],
  ['signed with another secret', withHeaders(good, { 'webhook-signature': other }), false],
  ['whose signature has another version', withHeaders(good, { 'webhook-signature': own.replace('v1,', 'v0,') }), false],
  ['whose signature is cut', withHeaders(good, { 'webhook-signature': own.slice(0, -5) }), false],
  ['whose signature is empty', withHeaders(good, { 'webhook-signature': 'v1,' }), false],
  ['whose signature is no text of ours', withHeaders(good, { 'webhook-signature': 'v1,é *' }), false],
  ['without a signature', withHeaders(good, { 'webhook-signature': '' }), false],
];

/** Runs a program and says what it printed; what it is to work on stands in its environment and its standard input. */
function run(command: string, args: string[], { secret, headers, body }: Callback): string {
  const env = { ...process.env, WEBHOOK_SECRET: secret, HEADERS: JSON.stringify(headers), PORT: '0' };
  return spawnSync(command, args, { cwd: root, env, input: body, encoding: 'utf8' }).stdout.trim();
}

const runs = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

const inNode = (code: string) => (callback: Callback) => run('node', ['--input-type=module', '-e', code], callback);
const inPython = (code: string) => (callback: Callback) => run('python3', ['-c', code], callback);

const NODE_CALL = `
import { readFileSync } from 'node:fs';
try {
  verify(readFileSync(0), JSON.parse(process.env.HEADERS), process.env.WEBHOOK_SECRET);
  console.log('good');
} catch {
  console.log('bad');
}`;

const NODE_POST = `
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
await once(server, 'listening');
const request = { method: 'POST', headers: JSON.parse(process.env.HEADERS), body: readFileSync(0) };
const post = () => fetch('http://127.0.0.1:' + server.address().port, request);
const [first, repeat] = [await post().catch(() => ({ status: 401 })), await post().catch(() => ({ status: 401 }))];
console.log({ '204 204 1': 'good', '401 401 0': 'bad' }[[first.status, repeat.status, inbox.size].join(' ')]);
server.close();`;

const PYTHON_CALL = `
import json, os, sys
try:
    verify(sys.stdin.buffer.read(), json.loads(os.environ["HEADERS"]), os.environ["WEBHOOK_SECRET"])
    print("good")
except Exception:
    print("bad")`;

const [receiver = ''] = snippets('How to answer', 'js');
const [nodeByHand = ''] = snippets('Node', 'js');
const [pythonLibrary = '', pythonByHand = ''] = snippets('Python', 'python');
const [shell = ''] = snippets('openssl', 'sh');

function inShell(callback: Callback): string {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = callback.headers;
  return run('sh', ['-c', shell, 'verify.sh', id, timestamp, signature], callback) || 'bad';
}

const pythonRuns = runs('python3', '--version');
const ways: [string, boolean, (callback: Callback) => string][] = [
  ['the receiver', true, inNode(receiver + NODE_POST)],
  ['Node by hand', true, inNode(nodeByHand + NODE_CALL)],
  ['Python by hand', pythonRuns, inPython(pythonByHand + PYTHON_CALL)],
  [
    'Python with the library',
    pythonRuns && runs('python3', '-c', 'import standardwebhooks'),
    inPython(pythonLibrary + PYTHON_CALL),
  ],
  ['openssl', runs('sh', '-c', 'command -v openssl && command -v od'), inShell],
];

describe.each(ways.filter(([, present]) => present))('%s of docs/webhook-events.md', (_name, _present, judge) => {
  it.each(callbacks)('judges a callback %s', (_case, callback, isGood) => {
    expect(judge(callback)).toBe(isGood ? 'good' : 'bad');
  });

  // Whoever signs with no key at all must not be let in where the secret was forgotten.
  it.each([forged, 'v1,'])('refuses %s while there is no secret', (signature) => {
    expect(judge({ ...withHeaders(good, { 'webhook-signature': signature }), secret: '' })).not.toBe('good');
  });
});
