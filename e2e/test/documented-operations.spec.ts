import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCodes } from '@holdfast/contracts';

const root = resolve(__dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

const runbook = text('docs/operations.md');
const found = (pattern: RegExp, within = runbook): string[] => [
  ...new Set([...within.matchAll(pattern)].map((match) => match[1] ?? match[0])),
];

const files = [
  'api-gateway',
  'orders-service',
  'products-service',
  'webhook-publisher',
  'libs/messaging',
  'libs/platform',
]
  .flatMap((folder) =>
    readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, 'src', file),
    ),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map(text);
const sources = files.join('\n');
const migrations = files.filter((file) => file.includes('implements MigrationInterface')).join('\n');

/** As GitHub makes them of headings. */
const anchors = (document: string): string[] =>
  found(/^#+ (.+)$/gm, document).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('docs/operations.md', () => {
  it.each(found(/\bholdfast_[a-z_]+/g))('knows %s from the code', (metric) => {
    expect(sources).toContain(`'${metric.replace(/_(bucket|count|sum)$/, '')}'`);
  });

  // What it sets itself in a command; settings; codes of answers and of dead letters.
  const own = found(/\b([A-Z][A-Z_]+)=/g);
  const settings = found(/^#?([A-Z][A-Z0-9_]*)=/gm, text('.env.example'));

  it.each(found(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g))('knows %s from the configuration or the code', (name) => {
    const known = [...own, ...settings, ...Object.keys(errorCodes)];
    expect(known.includes(name) || sources.includes(`'${name}'`) || name === 'PRECONDITION_FAILED').toBe(true);
  });

  it.each(found(/npm run ([a-z:]+)/g))('runs npm run %s, which there is', (script) => {
    expect(Object.keys((JSON.parse(text('package.json')) as { scripts: object }).scripts)).toContain(script);
  });

  it.each(found(/\]\(([^)]+)\)/g).filter((link) => !link.startsWith('http')))('links to %s, which is there', (link) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? 'docs/operations.md' : join('docs', path);
    expect(existsSync(join(root, file))).toBe(true);
    if (anchor !== undefined) expect(anchors(text(file))).toContain(anchor);
  });

  it('says of every table of the services whether it grows without end, and of no other', () => {
    const [, section = ''] = runbook.split('### What grows\n');
    const [rows = ''] = section.split('\n\n- ');
    const named = found(/^\| (?:every one|\w+) +\|([^|]+)\||^(.+) have one row each/gm, rows).join();
    const made = found(/CREATE TABLE (\w+)/g, migrations).filter((table) => !table.endsWith('_rebuilt'));
    expect(found(/`(\w+)`/g, named).sort()).toEqual(made.sort());
  });

  describe('and the alerts of the Helm chart', () => {
    const alerts = found(/^- alert: (\w+)$/gm, text('deploy/helm/holdfast/templates/_alerts.tpl'));

    it('are the same, in the table and as headings to which they link', () => {
      expect(found(/^\| \[(Holdfast\w+)\]\(#/gm)).toEqual(alerts);
      expect(found(/^### (Holdfast\w+)$/gm)).toEqual(alerts);
    });
  });
});
