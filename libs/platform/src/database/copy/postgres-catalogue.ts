import { type CopiedTable, copiedType } from './copied-table.js';

const OURS = `n.nspname = current_schema() AND NOT EXISTS (
  SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/** Everything with rows in the schema, but for what extensions bring. */
export const TABLES = `
  SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OURS} ORDER BY c.relname`;

export interface StoredColumn {
  table: string;
  column: string;
  type: string;
  identity: number;
}

/** Columns of the tables that are copied. */
export const COLUMNS = `
  SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type, a.attidentity <> '' AS identity
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relname <> 'migrations' AND a.attnum > 0 AND NOT a.attisdropped AND ${OURS}
  ORDER BY c.relname, a.attnum`;

export interface StoredReference {
  from: string;
  to: string;
}

export const REFERENCES = `
  SELECT c.relname AS from, o.relname AS to
  FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE f.contype = 'f' AND ${OURS}`;

export function tablesOf(columns: readonly StoredColumn[], references: readonly StoredReference[]): CopiedTable[] {
  const names = [...new Set(columns.map(({ table }) => table))];
  return names.map((name) => ({
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map(({ column, type, identity }) => {
        return { name: column, type: copiedType(name, column, type), identity: identity === 1 };
      }),
    refersTo: references.filter(({ from }) => from === name).map(({ to }) => to),
  }));
}
