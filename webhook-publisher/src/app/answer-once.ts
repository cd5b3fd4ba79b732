import { accepted, type Caller, type Reply, refused, repeated } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction, TransientError, type UnitOfWork } from '@holdfast/platform';
import { requestFingerprint } from '../domain/request-fingerprint.js';
import { type Action, type StoredAnswers } from './owner.ports.js';
import { type Clock, type SecretBox } from './ports.js';

/** A request as its repeats are known by. */
export interface Asked {
  clientId: string;
  /** Undefined where the caller gave none: each such request is one of its own. */
  key: string | undefined;
  /** The same for two requests that ask for the same. */
  fingerprint: string;
  /** Of the message: the same again is the first request delivered twice, and no repeat of the caller's. */
  requestId: string;
}

/** What a request asks for, by all that it says. */
export const askedFor = (
  operation: Action,
  request: { caller: Caller; idempotencyKey?: string | undefined },
  { messageId }: MessageOrigin,
): Asked => ({
  clientId: request.caller.clientId,
  key: request.idempotencyKey,
  fingerprint: requestFingerprint(operation, request),
  requestId: messageId,
});

const KEY_TAKEN = 'KEY_TAKEN';

/**
 * Has what a request asks for done once, however often the request is repeated under its idempotency key: the answer is
 * stored in the transaction that does it, and a repeat gets it byte for byte, whatever has become of what it is about.
 * Refusals are not stored, since they do nothing. Answers are sealed for their own key: some show a secret.
 */
export class AnswerOnce {
  constructor(
    private readonly answers: StoredAnswers,
    private readonly secretBox: SecretBox,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @returns the stored answer, IDEMPOTENCY_KEY_REUSED where the key is another request's, or what `work` returns.
   * @throws TransientError KEY_TAKEN when another process was quicker with the same key; the next try finds its answer.
   */
  async execute<T>(tx: Transaction, asked: Asked, work: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const earlier = await this.earlier<T>(tx, asked);
    if (earlier) return earlier;
    const reply = await work();
    if (!reply.ok) {
      // Refused perhaps because of what the first request has done since the look above, in another process.
      return (await this.earlier<T>(tx, asked)) ?? reply;
    }
    await this.keep(tx, asked, reply.value);
    return reply;
  }

  /** The same in a transaction of its own, for requests that no pipeline tries again. */
  executeIn<T>(unitOfWork: UnitOfWork, asked: Asked, work: (tx: Transaction) => Promise<Reply<T>>): Promise<Reply<T>> {
    const once = () => unitOfWork.run((tx) => this.execute(tx, asked, () => work(tx)));
    return once().catch((error: unknown) => {
      if (!isKeyTaken(error)) throw error;
      return once();
    });
  }

  /** The answer to an earlier request with the same key; undefined where there is none. */
  async earlier<T>(tx: Transaction, { clientId, key, fingerprint, requestId }: Asked): Promise<Reply<T> | undefined> {
    if (key === undefined) return undefined;
    const stored = await this.answers.find(tx, clientId, key);
    if (!stored) return undefined;
    if (stored.fingerprint !== fingerprint) {
      return refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for a request that said something else.');
    }
    const value = JSON.parse(this.secretBox.open(stored.answer, ownerOf(clientId, key))) as T;
    return stored.requestId === requestId ? accepted(value) : repeated(value);
  }

  /** @throws TransientError KEY_TAKEN as {@link execute} does. */
  async keep(tx: Transaction, asked: Asked, value: unknown): Promise<void> {
    const { clientId, key, fingerprint, requestId } = asked;
    if (key === undefined) return;
    const stored = { fingerprint, requestId, answer: this.sealed(clientId, key, value) };
    if (await this.answers.store(tx, clientId, key, stored, this.clock.now())) return;
    throw new TransientError(KEY_TAKEN, 'another request with this idempotency key has just been answered');
  }

  /** Puts another answer where {@link keep} has put one. */
  async replace(tx: Transaction, { clientId, key }: Asked, value: unknown): Promise<void> {
    if (key !== undefined) await this.answers.replace(tx, clientId, key, this.sealed(clientId, key, value));
  }

  private sealed(clientId: string, key: string, value: unknown): string {
    return this.secretBox.seal(JSON.stringify(value), ownerOf(clientId, key));
  }
}

export const isKeyTaken = (error: unknown): boolean => error instanceof TransientError && error.code === KEY_TAKEN;

/** An answer opens for its own key only, whatever row it is put in. */
const ownerOf = (clientId: string, key: string): string => `answer ${clientId} ${key}`;
