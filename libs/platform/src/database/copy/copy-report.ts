import { type CopyReport } from './copy-database.js';

/** The tables of a copy as the terminal shows them, in columns, with their sum. */
export function reportText({ tables, inspection }: CopyReport): string {
  const rows = tables.map(({ name, rows: count, checksum }) => [name, counted(count), checksum]);
  const sum = tables.reduce((total, table) => total + table.rows, 0);
  const lines = aligned([['table', 'rows', 'checksum'], ...rows, ['in all', counted(sum), '']]);
  return [...lines, ...(inspection === undefined ? [] : [inspection])].join('\n');
}

/** How far a table is, in columns that stay where they are from line to line. */
export function progressText(table: string, copied: number, rows: number): string {
  return `${table.padEnd(TABLE_WIDTH)}${counted(copied).padStart(COUNT_WIDTH)} of ${counted(rows)}`;
}

// Those of the longest table that there is, and of a billion rows.
const TABLE_WIDTH = 25;
const COUNT_WIDTH = 13;

export const counted = (count: number): string => count.toLocaleString('en');

function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map(([table = '', count = '', checksum = '']) => {
    const [tableWidth = 0, countWidth = 0] = widths;
    return `${table.padEnd(tableWidth)}  ${count.padStart(countWidth)}  ${checksum}`.trimEnd();
  });
}
