import {
  type ActDetail,
  type ActLetter,
  type ActPage,
  type DeadLetterAct,
  type DeadLetterQueue,
} from '@holdfast/contracts';
import { type Database, type SqlValue, type Transaction } from '@holdfast/platform';
import { type ActEnd, type ActRow, actViewOf, type NewAct, type NotedLetter, SILENT_MS } from './act.js';

const COLUMNS = `
  position, id, queue, action, scope, filter, client_id AS "clientId", reason, planned, done,
  max_per_second AS "maxPerSecond", state, detail, begun_at AS "begunAt", touched_at AS "touchedAt", ended_at AS "endedAt"`;

const FIND = `SELECT ${COLUMNS} FROM dead_letter_acts WHERE id = ?`;

// Leaves the act out where another is under way, or has the key.
const BEGIN = `
  INSERT INTO dead_letter_acts
    (id, queue, action, scope, filter, client_id, idempotency_key, fingerprint, reason, planned, max_per_second, state,
     begun_at, touched_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)
  ON CONFLICT DO NOTHING`;

const FIND_BY_KEY = `SELECT ${COLUMNS}, fingerprint FROM dead_letter_acts WHERE client_id = ? AND idempotency_key = ?`;

const END = 'UPDATE dead_letter_acts SET state = ?, detail = ?, touched_at = ?, ended_at = ? WHERE id = ?';

const END_VANISHED = `
  UPDATE dead_letter_acts
  SET state = 'interrupted', ended_at = touched_at, detail = 'the service that worked on it has vanished'
  WHERE queue = ? AND state = 'running' AND touched_at < ?`;

const NOTE = `
  INSERT INTO dead_letter_act_letters (id, act_id, letter_id, message_id, pattern, letter_reason, outcome, at)
  VALUES (?, ?, ?, ?, ?, ?, 'unknown', ?)`;

const LIST = `SELECT ${COLUMNS} FROM dead_letter_acts WHERE queue = ? AND position < ? ORDER BY position DESC LIMIT ?`;

const LETTERS = `
  SELECT position, letter_id AS "letterId", message_id AS "messageId", pattern, letter_reason AS reason, outcome, at
  FROM dead_letter_act_letters WHERE act_id = ? AND position > ? ORDER BY position LIMIT ?`;

/** The tables `dead_letter_acts` and `dead_letter_act_letters`: what operators did with a queue's dead letters. */
export class SqlActRepository {
  constructor(
    private readonly database: Pick<Database, 'unitOfWork' | 'queries'>,
    private readonly queue: DeadLetterQueue,
  ) {}

  async find(id: string): Promise<DeadLetterAct | undefined> {
    const [row] = await this.database.queries.all<ActRow>(`${FIND} AND queue = ?`, [id, this.queue]);
    return row && actViewOf(row, Date.now());
  }

  /** The act that a client asked for with an idempotency key. */
  async findByKey(clientId: string, key: string): Promise<{ act: DeadLetterAct; fingerprint: string } | undefined> {
    const [row] = await this.database.queries.all<ActRow & { fingerprint: string }>(FIND_BY_KEY, [clientId, key]);
    return row && { act: actViewOf(row, Date.now()), fingerprint: row.fingerprint };
  }

  /**
   * Notes an act, with the letters that it is about to act on.
   *
   * @returns undefined when another act works all letters of this queue off, and this one is to do the same; or when
   *   another one has its idempotency key.
   */
  begin(act: NewAct, letters: readonly NotedLetter[]): Promise<DeadLetterAct | undefined> {
    return this.database.unitOfWork.run(async (tx) => {
      const now = Date.now();
      await tx.run(END_VANISHED, [this.queue, now - SILENT_MS]);
      const { id, queue, action, scope, where, by, key, reason, planned, maxPerSecond } = act;
      const asked = [id, queue, action, scope, JSON.stringify(where), by, key?.text ?? null, key?.fingerprint ?? null];
      const values = [...asked, reason, planned, maxPerSecond, now, now];
      if ((await tx.run(BEGIN, values)) === 0) return undefined;
      await noteLetters(tx, id, letters, now);
      return this.foundIn(tx, id);
    });
  }

  /** Notes letters that an act is about to act on, before it does. */
  async note(actId: string, letters: readonly NotedLetter[]): Promise<void> {
    await this.database.unitOfWork.run((tx) => noteLetters(tx, actId, letters, Date.now()));
  }

  /** Notes what has become of letters, by the ids of their notes. */
  async settle(actId: string, done: readonly string[], kept: readonly string[]): Promise<void> {
    await this.database.unitOfWork.run(async (tx) => {
      for (const id of done) await tx.run(`UPDATE dead_letter_act_letters SET outcome = 'done' WHERE id = ?`, [id]);
      for (const id of kept) await tx.run(`UPDATE dead_letter_act_letters SET outcome = 'kept' WHERE id = ?`, [id]);
      const counted: SqlValue[] = [done.length, Date.now(), actId];
      await tx.run('UPDATE dead_letter_acts SET done = done + ?, touched_at = ? WHERE id = ?', counted);
    });
  }

  end(id: string, { state, detail, freesKey = false }: ActEnd): Promise<DeadLetterAct> {
    return this.database.unitOfWork.run(async (tx) => {
      const now = Date.now();
      await tx.run(END, [state, detail, now, now, id]);
      if (freesKey) await tx.run('UPDATE dead_letter_acts SET idempotency_key = NULL WHERE id = ?', [id]);
      return this.foundIn(tx, id);
    });
  }

  /** Ends what an earlier life of this process has left, where no other process can be at work on it. */
  async endAllRunning(): Promise<void> {
    await this.database.unitOfWork.run((tx) => tx.run(END_VANISHED, [this.queue, Number.MAX_SAFE_INTEGER]));
  }

  /** Newest first. */
  async list(limit: number, cursor: string | undefined): Promise<ActPage> {
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
    const rows = await this.database.queries.all<ActRow>(LIST, [this.queue, before, limit + 1]);
    const now = Date.now();
    const data = rows.slice(0, limit).map((row) => actViewOf(row, now));
    return { data, nextCursor: nextCursorOf(rows, limit) };
  }

  /** An act with a page of its letters, in the order in which it came to them. */
  async detail(id: string, limit: number, cursor: string | undefined): Promise<ActDetail | undefined> {
    const act = await this.find(id);
    if (!act) return undefined;
    type LetterRow = Omit<ActLetter, 'at'> & { position: number; at: number };
    const rows = await this.database.queries.all<LetterRow>(LETTERS, [id, Number(cursor ?? 0), limit + 1]);
    const data = rows
      .slice(0, limit)
      .map(({ position: _, at, ...row }) => ({ ...row, at: new Date(at).toISOString() }));
    return { act, data, nextCursor: nextCursorOf(rows, limit) };
  }

  private async foundIn(tx: Transaction, id: string): Promise<DeadLetterAct> {
    const row = await tx.get<ActRow>(FIND, [id]);
    if (!row) throw new Error(`act ${id} was stored and is not there`);
    return actViewOf(row, Date.now());
  }
}

async function noteLetters(
  tx: Transaction,
  actId: string,
  letters: readonly NotedLetter[],
  now: number,
): Promise<void> {
  for (const { id, letterId, messageId, pattern, reason } of letters) {
    await tx.run(NOTE, [id, actId, letterId, messageId, pattern, reason, now]);
  }
}

/** One row more than a page tells that there is a next one. */
function nextCursorOf(rows: readonly { position: number }[], limit: number): string | null {
  const last = rows.slice(0, limit).at(-1);
  return last && rows.length > limit ? String(last.position) : null;
}
