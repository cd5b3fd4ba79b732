import { type ProductDescription } from '@holdfast/contracts';
import { type z } from 'zod';
import { ProblemError } from '../../http/problem.js';
import { productBodySchema } from '../product-requests.js';
import { type CsvRecord } from './csv-upload.js';
import { type FieldFault } from './import-report.js';

/** What each column is in a product, by the path that the product's schema has it under. */
const COLUMNS = {
  sku: { path: 'sku', required: true },
  name: { path: 'name', required: true },
  price_amount: { path: 'price.amount', required: true },
  price_currency: { path: 'price.currency', required: true },
  stock: { path: 'stock', required: true },
  supplier_id: { path: 'supplierId', required: false },
  low_stock_threshold: { path: 'lowStockThreshold', required: false },
} as const;

export type Column = keyof typeof COLUMNS;

const NAMES = Object.keys(COLUMNS) as Column[];
const COLUMN_OF = new Map<string, Column>(NAMES.map((name) => [COLUMNS[name].path, name]));

// What the caller wrote is repeated to the caller, but not thousands of characters of it.
const MAX_QUOTED = 60;

const INTEGER = /^-?[0-9]{1,15}$/;

// What a decoder makes of bytes that are not UTF-8. Nobody means to have it in a name.
const UNDECODABLE = '\ufffd';

/** A line as a product, or what is wrong with it. */
export type ImportLine = { sku: string | null } & (
  | { product: ProductDescription; faults?: never }
  | { product?: never; faults: FieldFault[] }
);

/**
 * Reads the header of a file: the columns by their names, in any order.
 *
 * @throws ProblemError VALIDATION_FAILED naming what is missing, unknown or there twice.
 */
export function columnsOf({ fields }: CsvRecord): Column[] {
  const known = fields.filter((field): field is Column => Object.hasOwn(COLUMNS, field));
  const faults = [
    ...NAMES.filter((name) => COLUMNS[name].required && !known.includes(name)).map((name) => `${name} is missing`),
    ...fields.filter((field) => !Object.hasOwn(COLUMNS, field)).map((field) => `${quoted(field)} is not known`),
    ...[...new Set(known.filter((name, index) => known.indexOf(name) !== index))].map(
      (name) => `${name} is there twice`,
    ),
  ];
  if (faults.length === 0) return known;
  const more = faults.length > 5 ? `, and ${faults.length - 5} more` : '';
  const detail = `The header of the file is not valid: ${faults.slice(0, 5).join(', ')}${more}.`;
  throw new ProblemError('VALIDATION_FAILED', `${detail} Its columns are ${NAMES.join(', ')}.`);
}

/** Holds a line against the schema that `POST /products` has. */
export function lineOf(columns: readonly Column[], { fields }: CsvRecord): ImportLine {
  if (fields.length !== columns.length) {
    const detail = `has ${fields.length} fields, the header has ${columns.length}`;
    return { sku: null, faults: [{ field: null, detail }] };
  }
  const cells = new Map(columns.map((column, index) => [column, fields[index] ?? '']));
  const sku = cells.get('sku') || null;
  const undecodable = columns.filter((column) => cells.get(column)?.includes(UNDECODABLE));
  if (undecodable.length > 0) {
    return { sku: sku && clip(sku), faults: undecodable.map((field) => ({ field, detail: 'is not UTF-8' })) };
  }
  const result = productBodySchema.safeParse(describe(cells), { error: inWords });
  if (result.success) return { sku, product: result.data };
  return { sku: sku && clip(sku), faults: faultsOf(result.error.issues) };
}

/** A cell that is empty says nothing, whatever its column. */
function describe(cells: ReadonlyMap<Column, string>): object {
  const text = (column: Column) => cells.get(column) || undefined;
  const integer = (column: Column) => {
    const cell = text(column);
    return cell !== undefined && INTEGER.test(cell) ? Number(cell) : cell;
  };
  return {
    sku: text('sku'),
    name: text('name'),
    price: { amount: integer('price_amount'), currency: text('price_currency') },
    stock: integer('stock'),
    ...(text('supplier_id') !== undefined && { supplierId: text('supplier_id') }),
    ...(text('low_stock_threshold') !== undefined && { lowStockThreshold: integer('low_stock_threshold') }),
  };
}

function inWords(issue: { code?: string; input?: unknown; expected?: unknown }): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'is missing';
  return typeof issue.input === 'string' ? 'must be a whole number; prices are in minor units' : undefined;
}

/** The first fault of each column. */
function faultsOf(issues: readonly z.core.$ZodIssue[]): FieldFault[] {
  const faults = new Map<string | null, FieldFault>();
  for (const { path, message } of issues) {
    const field = COLUMN_OF.get(path.join('.')) ?? null;
    if (!faults.has(field)) faults.set(field, { field, detail: message });
  }
  return [...faults.values()];
}

const clip = (text: string): string => (text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);
const quoted = (text: string): string => JSON.stringify(clip(text));
