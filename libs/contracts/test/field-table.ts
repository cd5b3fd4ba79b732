import { z } from 'zod';
import { idSchema } from '../src/ids.js';
import { moneySchema } from '../src/money.js';

/** As much of a JSON Schema as the contracts of events use. */
interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

type Row = [field: string, type: string, meaning: string];

const jsonSchemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema) as Schema;

const ID = jsonSchemaOf(idSchema);
const MONEY = jsonSchemaOf(moneySchema);

// More of them would make the table too wide to read; the document lists them elsewhere.
const MAX_LISTED = 4;

/**
 * The fields of an event as Markdown tables of field, type and meaning: one table, or one for each form that it can have.
 *
 * @throws Error when a field has no description or may be missing, which the table has no words for.
 */
export function fieldTables(schema: z.ZodType): string {
  const json = jsonSchemaOf(schema);
  if (!json.oneOf) return tableOf(rowsOf(json));
  return json.oneOf.map((form) => `With ${discriminatorOf(form)}:\n\n${tableOf(rowsOf(form))}`).join('\n\n');
}

/** What tells one form from the others: its boolean constant. */
function discriminatorOf({ properties = {} }: Schema): string {
  const [name, field] = Object.entries(properties).find(([, { const: only }]) => typeof only === 'boolean') ?? [];
  return `\`"${name}": ${field?.const}\``;
}

function rowsOf({ properties = {}, required = [] }: Schema, path = ''): Row[] {
  return Object.entries(properties).flatMap(([name, field]): Row[] => {
    const full = `${path}${name}`;
    if (field.description === undefined) throw new Error(`${full} has no description`);
    if (!required.includes(name)) throw new Error(`${full} may be missing`);
    return [[`\`${full}\``, typeOf(field), field.description], ...partsOf(field, full)];
  });
}

/** Rows for what is inside of a field. Money is explained once, for all events. */
function partsOf(field: Schema, path: string): Row[] {
  if (isMoney(field)) return [];
  return field.items ? rowsOf(field.items, `${path}[].`) : rowsOf(field, `${path}.`);
}

function typeOf(field: Schema): string {
  const [first, second] = field.anyOf ?? [];
  if (first && second?.type === 'null') return `${typeOf(first)} or null`;
  if (isMoney(field)) return '[money](#money)';
  if (field.const !== undefined) return `\`${JSON.stringify(field.const)}\``;
  if (field.enum && field.enum.length <= MAX_LISTED) return field.enum.map((value) => `\`"${value}"\``).join(', ');
  if (field.items) return `array of ${typeOf(field.items)}s`;
  return `${[field.type].flat().join(' or ')}${detailOf(field)}`;
}

function detailOf({ type, format, pattern, minimum, maximum, maxLength }: Schema): string {
  if (format === 'date-time') return ', time';
  if (pattern === ID.pattern) return ', UUID';
  if (maxLength !== undefined) return `, at most ${maxLength} characters`;
  if (type !== 'integer' || minimum === Number.MIN_SAFE_INTEGER) return '';
  return maximum === Number.MAX_SAFE_INTEGER ? `, ${minimum} or more` : `, ${minimum} to ${maximum}`;
}

const isMoney = ({ properties }: Schema): boolean =>
  properties !== undefined && Object.keys(properties).join() === Object.keys(MONEY.properties ?? {}).join();

/** Padded as the formatter pads, so that it leaves the table as it is. */
function tableOf(rows: readonly Row[]): string {
  const lines = [['field', 'type', 'meaning'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const write = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [write(head), write(widths.map((width) => '-'.repeat(width))), ...body.map(write)].join('\n');
}
