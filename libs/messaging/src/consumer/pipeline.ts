import { setTimeout as delay } from 'node:timers/promises';
import { type QueueName, refused } from '@holdfast/contracts';
import {
  type CheckResult,
  DATABASE_UNAVAILABLE,
  type Logger,
  messageOf,
  type ReadFault,
  type Transaction,
  TransientError,
  type UnitOfWork,
} from '@holdfast/platform';
import { type ConsumeMessage } from 'amqplib';
import { REPUBLISHED_HEADER } from '../headers.js';
import { type IdempotencyGate } from '../idempotency/idempotency-gate.js';
import { queues } from '../topology.js';
import { type ConsumerMetrics } from './consumer.metrics.js';
import { identityOf, originOf, type ParsedMessage, parseMessage } from './envelope.js';
import { type FailureLane } from './failure-lane.js';
import { judge, type Verdict } from './failure-policy.js';
import { type HandlerOptions } from './handler-options.js';
import { enterInbox } from './inbox.js';
import { MessageError } from './message.errors.js';
import { MessageContext, type MessageOrigin } from './message-context.js';
import { OrderedLanes } from './ordered-lanes.js';
import { type Replier } from './replier.js';

export type MessageHandler = (data: unknown, context: MessageContext) => Promise<unknown>;

export interface RegisteredHandler {
  handle: MessageHandler;
  options: HandlerOptions;
}

export interface PipelineParts {
  /** The service's name: the consumer in the inbox and in Redis keys. */
  consumer: string;
  queue: QueueName;
  handlers: ReadonlyMap<string, RegisteredHandler>;
  unitOfWork: UnitOfWork;
  readFault: ReadFault;
  gate: IdempotencyGate;
  failures: FailureLane;
  replier: Replier;
  metrics: ConsumerMetrics;
  logger: Logger;
}

// In place: whatever the database is away for, the messages behind this one could not be stored either.
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

/** A message that is tried again in place for this long is a fault that somebody should see. */
const STUCK_MS = 30_000;

/**
 * What happens around every handler: validate against the contract, turn repeats away, run the handler in one
 * transaction with its inbox row, answer, and decide what becomes of a failure. A message may be acked when
 * {@link process} resolves, and not before.
 */
export class ConsumerPipeline {
  private readonly lanes = new OrderedLanes();
  private readonly stuckSince = new Map<string, number>();

  constructor(private readonly parts: PipelineParts) {}

  health(): CheckResult {
    const since = Math.min(...this.stuckSince.values());
    if (performance.now() - since < STUCK_MS || this.stuckSince.size === 0) return { status: 'up' };
    const seconds = Math.round((performance.now() - since) / 1000);
    return { status: 'down', detail: `a message has been tried again for ${seconds} s, and others wait behind it` };
  }

  /**
   * @param lost aborted when the channel that delivered the message is gone; the broker then delivers it again.
   */
  async process(message: ConsumeMessage, lost: AbortSignal): Promise<void> {
    let parsed: ParsedMessage | undefined;
    let handler: RegisteredHandler | undefined;
    try {
      parsed = parseMessage(message.content);
      handler = this.parts.handlers.get(parsed.pattern);
      if (!handler) {
        throw new MessageError('unknown-pattern', `${this.parts.queue} has no handler for "${parsed.pattern}"`);
      }
      const answer = await this.handle(message, parsed, handler, lost);
      this.parts.replier.answer(message, parsed.requestId, answer);
      this.parts.metrics.handled(parsed.pattern, 'done');
    } catch (error) {
      if (lost.aborted) return;
      await this.fail(message, parsed, handler, error, lost);
    }
  }

  private async handle(
    message: ConsumeMessage,
    parsed: ParsedMessage,
    handler: RegisteredHandler,
    lost: AbortSignal,
  ): Promise<unknown> {
    const origin = originOf(message);
    if (handler.options.guard === 'query') return this.ask(parsed, handler, origin);
    if (handler.options.guard === 'act') return handler.handle(parsed.data, new MessageContext(origin, undefined));
    const { orderedBy } = handler.options;
    if (orderedBy) {
      return this.lanes.run(orderedBy(parsed.data), () => this.untilStored(parsed, handler, origin, lost));
    }
    if (handler.options.guard !== 'once') return this.transact(parsed, handler, origin);

    let answer: unknown;
    const { messageId } = origin;
    const passage = { messageId, redelivered: message.fields.redelivered, republished: isRepublished(message) };
    const outcome = await this.parts.gate.pass(this.keyOf(parsed, origin), passage, async () => {
      answer = await this.transact(parsed, handler, origin);
    });
    if (outcome === 'repeat') this.parts.metrics.repeated(parsed.pattern);
    return answer;
  }

  /** Asks twice where the first connection was lost: another one may be had, and a question changes nothing. */
  private async ask(parsed: ParsedMessage, handler: RegisteredHandler, origin: MessageOrigin): Promise<unknown> {
    const handle = () => handler.handle(parsed.data, new MessageContext(origin, undefined));
    try {
      return await handle();
    } catch (error) {
      if (!isUnavailable(this.parts.readFault(error))) throw error;
      return await handle().catch((again: unknown) => {
        throw this.parts.readFault(again);
      });
    }
  }

  private async transact(parsed: ParsedMessage, handler: RegisteredHandler, origin: MessageOrigin): Promise<unknown> {
    let committed: MessageContext | undefined;
    const rows = handler.options.rowsOf?.(parsed.data) ?? [];
    const work = async (tx: Transaction) => {
      // The work may run more than once; what the last run asked for is what is done after the commit.
      const context = new MessageContext(origin, tx);
      committed = context;
      const { guard } = handler.options;
      if (guard === 'own-key') return handler.handle(parsed.data, context);
      const entered = enterInbox(tx, origin.messageId, this.parts.consumer);
      if (guard !== 'answer-repeats') return (await entered) ? handler.handle(parsed.data, context) : undefined;
      return both(handler.handle(parsed.data, context), entered);
    };
    const answer = await this.parts.unitOfWork.run(work, parsed.pattern, { rows });
    committed?.committed();
    return answer;
  }

  /** Tries again in place while the database is away, until the message is stored or the broker has taken it back. */
  private async untilStored(
    parsed: ParsedMessage,
    handler: RegisteredHandler,
    origin: MessageOrigin,
    lost: AbortSignal,
  ): Promise<unknown> {
    const { messageId } = origin;
    try {
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
        // The broker has taken it back, and the one before it in this lane too, which was perhaps not stored: both come
        // again, in their order.
        lost.throwIfAborted();
        try {
          return await this.transact(parsed, handler, origin);
        } catch (error) {
          if (!(error instanceof TransientError)) throw error;
          this.noteRetry(messageId, parsed.pattern, error);
          await delay(pauseMs, undefined, { signal: lost }).catch(() => undefined);
        }
      }
    } finally {
      this.stuckSince.delete(messageId);
    }
  }

  private noteRetry(messageId: string, pattern: string, cause: TransientError): void {
    const { metrics, logger, queue } = this.parts;
    metrics.handled(pattern, 'retry');
    if (this.stuckSince.has(messageId)) return;
    this.stuckSince.set(messageId, performance.now());
    logger.warn(
      { queue, pattern, messageId, cause: cause.message },
      'a message is tried again in place until it is stored',
    );
  }

  /** The order's idempotency key where the message carries one, so that an operator finds it in Redis by that key. */
  private keyOf(parsed: ParsedMessage, origin: MessageOrigin): string {
    const { data } = parsed;
    const carried =
      typeof data === 'object' && data !== null && 'idempotencyKey' in data ? data.idempotencyKey : undefined;
    return `${this.parts.consumer}:${parsed.pattern}:${typeof carried === 'string' ? carried : origin.messageId}`;
  }

  private async fail(
    message: ConsumeMessage,
    parsed: ParsedMessage | undefined,
    handler: RegisteredHandler | undefined,
    error: unknown,
    lost: AbortSignal,
  ): Promise<void> {
    const { failures, metrics, replier, queue, logger } = this.parts;
    const pattern = parsed?.pattern ?? 'unreadable';
    // A question has no retries and no dead letters, only its answer, also where it cannot be read.
    const guard = handler?.options.guard;
    if (queues[queue].kind === 'query' || guard === 'query' || guard === 'act') {
      metrics.handled(pattern, 'failed');
      // Of an act nobody may say that nothing was done.
      if (guard === 'query' && isUnavailable(error)) {
        logger.warn(
          { queue, pattern, messageId: identityOf(message), cause: error.message },
          'a query is not answered',
        );
        replier.answer(message, parsed?.requestId, refused('DATABASE_UNAVAILABLE', 'Repeat the request in a moment.'));
        return;
      }
      logger.error({ queue, pattern, messageId: identityOf(message), err: error }, 'a query failed');
      replier.refuse(message, parsed?.requestId, error);
      return;
    }
    const verdict = judge(error, failures.attemptOf(message));
    metrics.handled(pattern, verdict.kind);
    this.log(verdict, message, pattern, error);
    if (verdict.kind === 'dead-letter') replier.refuse(message, parsed?.requestId, error);
    await failures.dispose(message, verdict, lost);
  }

  private log(verdict: Verdict, message: ConsumeMessage, pattern: string, error: unknown): void {
    const { logger, queue } = this.parts;
    const facts = { queue, pattern, messageId: identityOf(message), ...verdict };
    if (verdict.kind === 'retry') logger.warn({ ...facts, cause: messageOf(error) }, 'a message is tried again later');
    else
      logger.error(
        { ...facts, err: error instanceof MessageError ? undefined : error },
        'a message goes to the dead letters',
      );
  }
}

const isUnavailable = (error: unknown): error is TransientError =>
  error instanceof TransientError && error.code === DATABASE_UNAVAILABLE;

const isRepublished = (message: ConsumeMessage): boolean => message.properties.headers?.[REPUBLISHED_HEADER] === true;

/** The answer, once both have ended: nothing of a piece of work may go on when it has failed. */
async function both<T>(answer: Promise<T>, entered: Promise<unknown>): Promise<T> {
  const [answered, entry] = await Promise.allSettled([answer, entered]);
  if (entry.status === 'rejected') throw entry.reason;
  if (answered.status === 'rejected') throw answered.reason;
  return answered.value;
}
