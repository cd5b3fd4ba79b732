import { setTimeout as delay } from 'node:timers/promises';
import {
  type ActDetail,
  type ActPage,
  type AllLetters,
  accepted,
  DEFAULT_LETTERS_PER_SECOND,
  type DeadLetterAct,
  type DeadLetterDetail,
  type DeadLetterPage,
  type DeadLetterQueue,
  type DiscardLetters,
  type GetAct,
  type GetDeadLetter,
  type LetterAction,
  type ListActs,
  type ListDeadLetters,
  MAX_LETTERS_EXAMINED,
  type RedriveLetters,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { type Database, type Logger, messageOf } from '@holdfast/platform';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { type Publisher } from '../broker/publisher.js';
import { type NewAct } from './act.js';
import { actKeyOf, answerAgain, IN_USE } from './act-key.js';
import { LetterActor } from './letter-actor.js';
import { LetterReader, PATIENCE_MS } from './letter-reader.js';
import { SqlActRepository } from './sql-act.repository.js';
import { Turns } from './turns.js';
import { WorkOffLetters, type WorkOffParts } from './work-off-letters.js';

export interface DeadLetterDeskParts {
  /** The queue whose dead letters these are. */
  queue: DeadLetterQueue;
  /** Of its own, and nothing is published on it: an alarm of the broker does not keep letters from being looked at. */
  connection: BrokerConnection;
  publisher: Pick<Publisher, 'publish'>;
  database: Pick<Database, 'unitOfWork' | 'queries' | 'processLock' | 'dialect'>;
  logger: Logger;
  /** How an act on all letters waits between its steps. */
  pause?: WorkOffParts['pause'];
}

type LettersRequest = RedriveLetters | DiscardLetters;
type GivenAct = Pick<NewAct, 'id' | 'queue' | 'action' | 'by' | 'key' | 'reason'>;

const NOT_FOUND = refused<never>(
  'DEAD_LETTER_NOT_FOUND',
  `Among the oldest ${MAX_LETTERS_EXAMINED} dead letters of this queue none has this id.`,
);
const BUSY = refused<never>('DEAD_LETTERS_BUSY', 'Another act on all dead letters of this queue is under way.');
const NO_ACT = refused<never>('NOT_FOUND', 'There is no act with this id on the dead letters of this queue.');

/**
 * What operators do with the dead letters of one queue: look at them, send them back, discard them. The letters stay in
 * RabbitMQ; every act is noted in the service's database before it is done, and again when it is.
 */
export class DeadLetterDesk {
  private readonly acts: SqlActRepository;
  private readonly turns: Turns;
  private readonly reader: LetterReader;
  private readonly actor: LetterActor;
  private readonly workOff: WorkOffLetters;
  private readonly stopped = new AbortController();
  private working: Promise<void> = Promise.resolve();
  private recovered: Promise<void> | undefined;

  constructor(private readonly parts: DeadLetterDeskParts) {
    const { queue, connection, publisher, database } = parts;
    this.acts = new SqlActRepository(database, queue);
    this.turns = new Turns(database.processLock(`dead letters of ${queue}`));
    this.reader = new LetterReader(connection, this.turns, queue);
    this.actor = new LetterActor(connection, publisher, queue);
    const { actor, acts, turns } = this;
    this.workOff = new WorkOffLetters({ actor, acts, turns, pause: parts.pause ?? pauseUntil });
  }

  depth(): Promise<number> {
    return this.reader.depth();
  }

  async list({ where, limit, cursor }: Omit<ListDeadLetters, 'caller'>): Promise<Reply<DeadLetterPage>> {
    return accepted(await this.reader.list(where, limit, cursor));
  }

  async get({ letterId }: Omit<GetDeadLetter, 'caller'>): Promise<Reply<DeadLetterDetail>> {
    const letter = await this.reader.get(letterId);
    return letter ? accepted(letter) : NOT_FOUND;
  }

  /**
   * Sends letters back to their queue: one, and answers when it is there; or all that match, and answers when that has
   * begun.
   *
   * @param actId id of the request: a second one with the same id does nothing and gets the act as it is; one with the
   *   same idempotency key gets the answer that the first one got.
   */
  redrive(request: RedriveLetters, actId: string): Promise<Reply<DeadLetterAct>> {
    return this.act('redrive', request, actId);
  }

  /** Ends letters for good, in the same ways. */
  discard(request: DiscardLetters, actId: string): Promise<Reply<DeadLetterAct>> {
    return this.act('discard', request, actId);
  }

  async listActs({ limit, cursor }: Omit<ListActs, 'caller'>): Promise<Reply<ActPage>> {
    await this.recover();
    return accepted(await this.acts.list(limit, cursor));
  }

  async showAct({ actId, limit, cursor }: Omit<GetAct, 'caller'>): Promise<Reply<ActDetail>> {
    await this.recover();
    const act = await this.acts.detail(actId, limit, cursor);
    return act ? accepted(act) : NO_ACT;
  }

  /** Ends an act on all letters after the step that is under way; the rest stay dead letters. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.working;
  }

  private async act(action: LetterAction, request: LettersRequest, actId: string): Promise<Reply<DeadLetterAct>> {
    await this.recover();
    const { letters, caller, reason = null } = request;
    const given = { id: actId, queue: this.parts.queue, action, by: caller.clientId, reason };
    const keyed = { ...given, key: actKeyOf(action, request) };
    const earlier = await this.earlierAnswer(keyed);
    if (earlier) return earlier;
    return 'id' in letters ? this.actOnOne(letters.id, keyed) : this.actOnAll(letters, keyed);
  }

  /** To the same request, delivered twice, or to another one with its key. */
  private async earlierAnswer({ id, by, key }: GivenAct): Promise<Reply<DeadLetterAct> | undefined> {
    const same = await this.acts.find(id);
    if (same) return accepted(same);
    const earlier = key && (await this.acts.findByKey(by, key.text));
    return earlier ? answerAgain(earlier, key) : undefined;
  }

  private async actOnOne(letterId: string, given: GivenAct): Promise<Reply<DeadLetterAct>> {
    const { id, action } = given;
    const choice = {
      chosen: ({ id: one }: { id: string }) => one === letterId,
      examined: MAX_LETTERS_EXAMINED,
      atMost: 1,
    };
    const act: NewAct = { ...given, scope: 'one', where: {}, planned: 1, maxPerSecond: null };
    const found = { calledOff: false };
    const { picked, fault } = await this.turns.take(PATIENCE_MS, () =>
      this.actor.step({
        ...{ action, actId: id, choice },
        note: async (letters) => {
          found.calledOff = (await this.acts.begin(act, letters)) === undefined;
          return !found.calledOff;
        },
        settle: (done, kept) => this.acts.settle(id, done, kept),
      }),
    );
    // While this one waited for its turn, another with the same key may have taken the letter; or tried to, and has given
    // the key back since it was in the way.
    if (picked === 0) return (await this.earlierAnswer(given)) ?? (found.calledOff ? IN_USE : NOT_FOUND);
    if (!fault) return accepted(await this.acts.end(id, { state: 'done', detail: null }));
    await this.acts.end(id, { state: 'failed', detail: fault.message, freesKey: true });
    throw fault;
  }

  private async actOnAll(
    { where, atMost = Number.MAX_SAFE_INTEGER, maxPerSecond = DEFAULT_LETTERS_PER_SECOND }: AllLetters,
    given: GivenAct,
  ): Promise<Reply<DeadLetterAct>> {
    const planned = Math.min(atMost, await this.reader.count(where));
    const act = await this.acts.begin({ ...given, scope: 'all', where, planned, maxPerSecond }, []);
    if (!act) return (await this.earlierAnswer(given)) ?? BUSY;
    this.working = this.work(act);
    return accepted(act);
  }

  private async work(act: DeadLetterAct): Promise<void> {
    const { queue, logger } = this.parts;
    const facts = { queue, act: act.id, action: act.action };
    try {
      const end = await this.workOff.execute(act, this.stopped.signal).catch((error: unknown) => ({
        state: 'failed' as const,
        detail: messageOf(error),
      }));
      const { state, done } = await this.acts.end(act.id, end);
      logger.info({ ...facts, state, done, planned: act.planned }, 'an act on dead letters has ended');
    } catch (error) {
      logger.error({ ...facts, reason: messageOf(error) }, 'could not note how an act on dead letters has ended');
    }
  }

  /** With a database of its own nobody else can be at work on what an earlier life of this process has left. */
  private recover(): Promise<void> {
    if (this.parts.database.dialect !== 'sqlite') return Promise.resolve();
    this.recovered ??= this.acts.endAllRunning().catch((error: unknown) => {
      this.recovered = undefined;
      throw error;
    });
    return this.recovered;
  }
}

const pauseUntil = (ms: number, until: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal: until }).catch(() => undefined);
