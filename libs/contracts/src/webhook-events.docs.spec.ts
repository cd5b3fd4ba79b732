import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldTables } from '../test/field-table.js';
import { callbackSchema, disabledReasonSchema, webhookEvents, webhookEventTypes } from './webhook-events.js';
import { attemptErrorSchema, deliveryStatusSchema, eventTypeFilterSchema, webhookSettingsSchema } from './webhooks.js';

const { UPDATE_DOCS } = process.env;

const root = join(__dirname, '..', '..', '..');
const file = join(root, 'docs', 'webhook-events.md');
const callbacks = join(root, 'libs', 'contracts', 'examples', 'callbacks');
const document = readFileSync(file, 'utf8');

const GENERATED = /<!-- (fields|example): (\S+) -->\n[\s\S]*?<!-- end -->/g;

/** What stands between two marks of the document: `<!-- fields: <type> -->` or `<!-- example: <file> -->`, and an end. */
function generated(kind: string, name: string): string {
  if (kind === 'example') return `\`\`\`json\n${readFileSync(join(callbacks, `${name}.json`), 'utf8')}\`\`\``;
  return fieldTables(name === 'callback' ? callbackSchema : webhookEvents[name as keyof typeof webhookEvents]);
}

const regenerated = (): string =>
  document.replace(
    GENERATED,
    (_, kind: string, name: string) => `<!-- ${kind}: ${name} -->\n\n${generated(kind, name)}\n\n<!-- end -->`,
  );

const marks = (kind: string): string[] =>
  [...document.matchAll(GENERATED)].flatMap((m) => (m[1] === kind ? [m[2] ?? ''] : []));

/** First cells, without their backticks, of the table whose first heading this is. */
function firstColumn(heading: string): string[] {
  const table = new RegExp(`^\\| ${heading} +\\|.*\\n\\| -.*\\n((?:\\|.*\\n)+)`, 'm').exec(document)?.[1] ?? '';
  return [...table.matchAll(/^\| `([^`]+)` +\|/gm)].map((row) => row[1] ?? '');
}

describe('docs/webhook-events.md', () => {
  it('shows fields and examples as they are; UPDATE_DOCS=1 writes them', () => {
    const current = regenerated();
    if (UPDATE_DOCS === '1') writeFileSync(file, current);
    else expect(document).toBe(current);
  });

  it('shows the fields of every event, and every example', () => {
    expect(marks('fields')).toEqual(['callback', ...webhookEventTypes]);
    expect(marks('example').sort()).toEqual(
      readdirSync(callbacks)
        .map((name) => name.replace(/\.json$/, ''))
        .sort(),
    );
  });

  it.each(webhookEventTypes)('says in a section of its own what %s means', (type) => {
    const section = new RegExp(`^### ${type.replace('.', '\\.')}\\n\\n([\\s\\S]+?)\\n\\n<!-- fields: (\\S+) -->`, 'm');
    const [, meaning, fields] = section.exec(document) ?? [];
    expect(fields).toBe(type);
    expect(meaning).toMatch(/^[A-Z][\s\S]{40,}\.$/);
  });

  it.each<[string, string, readonly string[]]>([
    ['events', 'type', webhookEventTypes],
    ['settings', 'field', Object.keys(webhookSettingsSchema.shape)],
    ['delivery statuses', 'status', deliveryStatusSchema.options],
    ['attempt errors', 'error', attemptErrorSchema.options],
  ])('lists the %s', (_name, heading, names) => {
    expect(firstColumn(heading)).toEqual(names);
  });

  it('names the groups and the reasons of the system', () => {
    for (const group of eventTypeFilterSchema.options.filter((filter) => filter.includes('*')))
      expect(document).toContain(`\`${group}\``);
    for (const reason of disabledReasonSchema.exclude(['REQUESTED']).options)
      expect(document).toContain(`\`${reason}\``);
  });
});
