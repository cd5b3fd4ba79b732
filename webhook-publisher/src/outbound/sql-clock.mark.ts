import { type Queries, type Transaction } from '@holdfast/platform';
import { type ClockMark, type NotedTimes } from '../app/schedule.ports.js';

/** The mark in plain SQL. */
export class SqlClockMark implements ClockMark {
  constructor(private readonly queries: Queries) {}

  async read(): Promise<NotedTimes> {
    const [row] = await this.queries.all<NotedTimes>('SELECT latest, agreed_at AS "agreedAt" FROM clock_mark');
    return row ?? { latest: 0, agreedAt: 0 };
  }

  async raise(tx: Transaction, to: number): Promise<void> {
    await tx.run('UPDATE clock_mark SET latest = ? WHERE latest < ?', [to, to]);
  }

  async setBack(tx: Transaction, from: number, to: number): Promise<void> {
    await tx.run('UPDATE clock_mark SET latest = ? WHERE latest = ?', [to, from]);
  }

  async agree(tx: Transaction, at: number): Promise<void> {
    await tx.run('UPDATE clock_mark SET agreed_at = ? WHERE agreed_at < ?', [at, at]);
  }
}
