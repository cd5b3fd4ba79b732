import { DEFAULT_LETTERS_PER_SECOND, type DeadLetterAct, MAX_LETTERS_EXAMINED } from '@holdfast/contracts';
import { type ActEnd } from './act.js';
import { type Letter, matches } from './letter.js';
import { type LetterActor, type Step, type StepResult } from './letter-actor.js';
import { type SqlActRepository } from './sql-act.repository.js';
import { type Turns } from './turns.js';

const SECOND_MS = 1_000;

// Looks of others take milliseconds each. It must be shorter than the silence after which an act counts as vanished.
const PATIENCE_MS = 30_000;

export interface WorkOffParts {
  actor: LetterActor;
  acts: SqlActRepository;
  turns: Turns;
  /** Waits, or until the signal is aborted. */
  pause: (ms: number, until: AbortSignal) => Promise<void>;
}

/** Acts on all letters that match, at most so many per second, and lets others look at the queue in between. */
export class WorkOffLetters {
  constructor(private readonly parts: WorkOffParts) {}

  /**
   * Goes on until as many letters were acted on as the act has planned, or none is left that matches, or `stopped` is
   * aborted. A letter that comes back dead is not taken a second time, so it ends also where nothing was mended.
   */
  async execute(act: DeadLetterAct, stopped: AbortSignal): Promise<ActEnd> {
    let left = act.planned;
    while (left > 0) {
      if (stopped.aborted)
        return { state: 'stopped', detail: 'the service was stopped; the rest are still dead letters' };
      const { picked, fault } = await this.step(act, Math.min(act.maxPerSecond ?? DEFAULT_LETTERS_PER_SECOND, left));
      if (fault) return { state: 'failed', detail: fault.message };
      if (picked === 0) break;
      left -= picked;
      // From the end of one step to the beginning of the next: in no second are there letters of two.
      if (left > 0) await this.parts.pause(SECOND_MS, stopped);
    }
    return { state: 'done', detail: null };
  }

  private async step(act: DeadLetterAct, atMost: number): Promise<StepResult> {
    const chosen = (letter: Letter) => letter.redrivenBy !== act.id && matches(act.where, letter);
    const all = Object.keys(act.where).length === 0;
    // Without a filter the first letters are those that are meant, unless they have come back already.
    const first = await this.stepAmong(act, { chosen, atMost, examined: all ? atMost : MAX_LETTERS_EXAMINED });
    if (first.picked > 0 || !all || first.beyond === 0) return first;
    return this.stepAmong(act, { chosen, atMost, examined: MAX_LETTERS_EXAMINED });
  }

  private stepAmong({ id, action }: DeadLetterAct, choice: Step['choice']): Promise<StepResult> {
    const { actor, acts, turns } = this.parts;
    return turns.take(PATIENCE_MS, () =>
      actor.step({
        ...{ action, actId: id, choice },
        note: async (letters) => {
          await acts.note(id, letters);
          return true;
        },
        settle: (done, kept) => acts.settle(id, done, kept),
      }),
    );
  }
}
