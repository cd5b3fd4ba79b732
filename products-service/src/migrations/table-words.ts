import { dialectOf, type SqlTypes, sqlTypes } from '@holdfast/platform';
import { type QueryRunner } from 'typeorm';

/** {@link SqlTypes}, and how the tables of this service refuse values of another type, which PostgreSQL does anyway. */
export interface TableWords extends Omit<SqlTypes, 'keyedTable'> {
  /** Goes behind the closing bracket of a table. */
  strict: string;
  /** The same for a table that is read by its primary key. */
  strictKeyed: string;
}

export function tableWords(runner: QueryRunner): TableWords {
  const types = sqlTypes(runner);
  return dialectOf(runner) === 'sqlite'
    ? { ...types, strict: ' STRICT', strictKeyed: ' STRICT, WITHOUT ROWID' }
    : { ...types, strict: '', strictKeyed: '' };
}
