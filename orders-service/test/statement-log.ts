import { type Queries, type SqlValue, type Transaction } from '@holdfast/platform';

/** Notes the statements that pass. */
export class StatementLog {
  readonly statements: { sql: string; params: readonly SqlValue[] }[] = [];
  private unwanted: RegExp | undefined;

  /** Does not note what matches. */
  leaveOut(unwanted: RegExp): void {
    this.unwanted = unwanted;
  }

  queries(queries: Queries): Queries {
    return { all: (sql, params) => this.note(sql, params, () => queries.all(sql, params)) };
  }

  transaction(tx: Transaction): Transaction {
    return {
      dialect: tx.dialect,
      run: (sql, params) => this.note(sql, params, () => tx.run(sql, params)),
      get: (sql, params) => this.note(sql, params, () => tx.get(sql, params)),
      all: (sql, params) => this.note(sql, params, () => tx.all(sql, params)),
      savepoint: (work) => tx.savepoint(work),
    };
  }

  private note<T>(sql: string, params: readonly SqlValue[] = [], work: () => T): T {
    if (!this.unwanted?.test(sql)) this.statements.push({ sql, params });
    return work();
  }
}
