import {
  type ActLetter,
  type ActState,
  type DeadLetterAct,
  type DeadLetterQueue,
  type LetterAction,
  type LetterFilter,
} from '@holdfast/contracts';
import { type ActKey } from './act-key.js';

/** An act that begins. */
export interface NewAct {
  /** Id of the request that asks for it. */
  id: string;
  queue: DeadLetterQueue;
  action: LetterAction;
  scope: 'one' | 'all';
  where: LetterFilter;
  by: string;
  key: ActKey | null;
  reason: string | null;
  planned: number;
  maxPerSecond: number | null;
}

/** A letter that is about to be acted on: noted before, so that nothing is done without a trace. */
export interface NotedLetter extends Pick<ActLetter, 'letterId' | 'messageId' | 'pattern' | 'reason'> {
  /** Of the note: letters that are equal in everything have two. */
  id: string;
}

/** How an act ends; `detail` says why where it is not `done`. */
export interface ActEnd {
  state: Exclude<ActState, 'running' | 'interrupted'>;
  detail: string | null;
  /** Whether its request was refused by this, so that a repeat under the same key is to do it. */
  freesKey?: boolean;
}

/** A process that works on an act says so with every step, which takes seconds. One that is silent for longer has vanished. */
export const SILENT_MS = 60_000;

/** The state of an act whose last word came at `touchedAt` (Unix milliseconds). */
export function stateAt(state: ActState, touchedAt: number, now: number): ActState {
  return state === 'running' && now - touchedAt > SILENT_MS ? 'interrupted' : state;
}

/** An act as it was stored, in the words of its row. */
export interface ActRow {
  position: number;
  id: string;
  queue: DeadLetterQueue;
  action: LetterAction;
  scope: 'one' | 'all';
  filter: string;
  clientId: string;
  reason: string | null;
  planned: number;
  done: number;
  maxPerSecond: number | null;
  state: ActState;
  detail: string | null;
  begunAt: number;
  touchedAt: number;
  endedAt: number | null;
}

export function actViewOf(row: ActRow, now: number): DeadLetterAct {
  return {
    id: row.id,
    queue: row.queue,
    action: row.action,
    scope: row.scope,
    where: JSON.parse(row.filter) as LetterFilter,
    by: row.clientId,
    reason: row.reason,
    planned: row.planned,
    done: row.done,
    maxPerSecond: row.maxPerSecond,
    state: stateAt(row.state, row.touchedAt, now),
    detail: row.detail,
    begunAt: new Date(row.begunAt).toISOString(),
    endedAt: row.endedAt === null ? null : new Date(row.endedAt).toISOString(),
  };
}
