import { type Logger, messageOf, PermanentError } from '@holdfast/platform';
import { type ConsumeMessage, type Options } from 'amqplib';
import { type OutgoingMessage, type Publisher } from '../broker/publisher.js';
import { ATTEMPT_HEADER } from '../headers.js';
import { deadLetterQueueOf, retryQueueOf } from '../topology.js';
import { identityOf } from './envelope.js';
import { type Verdict } from './failure-policy.js';

// A reason longer than this helps nobody in the management UI, and headers travel with every copy.
const MAX_DETAIL = 500;

const REPUBLISH_PAUSE_MS = 1_000;

// amqplib encodes the properties of a message into 64 kB and refuses more: one that came in close below that could not go
// out again with our headers added. JSON takes at least 0.4 of the encoded length, so this is 40 kB of it.
const MAX_HEADERS_JSON = 16_000;

// The broker writes x-death itself and refuses to be told. CC would send a copy of every retry and dead letter to the
// queues that it names, and a message that no handler can read would circle for ever.
const DROPPED_HEADERS: readonly string[] = ['x-death', 'CC', 'BCC'];

const HEADERS_DROPPED = { 'x-headers-dropped': true };

/** Puts a failed message where its verdict says, under its own id, and only then lets it be acked. */
export class FailureLane {
  constructor(
    private readonly queue: string,
    private readonly publisher: Publisher,
    private readonly logger: Logger,
  ) {}

  /** How many attempts at this message have failed; a header that says something else counts as none. */
  attemptOf(message: ConsumeMessage): number {
    const value: unknown = message.properties.headers?.[ATTEMPT_HEADER];
    return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
  }

  /** Resolves when the broker has the message in its new place, or the delivering channel is lost. */
  async dispose(message: ConsumeMessage, verdict: Verdict, lost: AbortSignal): Promise<void> {
    let outgoing = this.redirect(message, verdict, carriedProperties(message));
    while (!lost.aborted) {
      try {
        await this.publisher.publish(outgoing);
        return;
      } catch (error) {
        if (error instanceof PermanentError) {
          // Properties that a client sent and amqplib cannot write again. The body and the reason are what counts.
          outgoing = this.redirect(message, verdict, { headers: HEADERS_DROPPED });
        }
        this.logger.warn(
          { queue: outgoing.routingKey, messageId: outgoing.properties.messageId, reason: messageOf(error) },
          'could not move a failed message; it stays unacked and is tried again',
        );
        await pause(REPUBLISH_PAUSE_MS, lost);
      }
    }
  }

  private redirect(message: ConsumeMessage, verdict: Verdict, properties: Options.Publish): OutgoingMessage {
    if (verdict.kind === 'retry') {
      const headers = { ...properties.headers, [ATTEMPT_HEADER]: verdict.attempt };
      return this.addressed(retryQueueOf(this.queue, verdict.delayMs), message, { ...properties, headers });
    }
    const headers = {
      ...properties.headers,
      'x-dead-letter-reason': verdict.reason,
      'x-dead-letter-detail': verdict.detail.slice(0, MAX_DETAIL),
      'x-dead-letter-queue': this.queue,
      'x-dead-letter-at': new Date().toISOString(),
    };
    return this.addressed(deadLetterQueueOf(this.queue), message, { ...properties, headers });
  }

  private addressed(queue: string, message: ConsumeMessage, properties: Options.Publish): OutgoingMessage {
    return {
      exchange: '',
      routingKey: queue,
      body: message.content,
      properties: { ...properties, messageId: identityOf(message), persistent: true },
    };
  }
}

function carriedProperties(message: ConsumeMessage): Options.Publish {
  const { contentType, correlationId, replyTo, type, timestamp, headers } = message.properties;
  return {
    headers: carriedHeaders((headers ?? {}) as Record<string, unknown>),
    ...(contentType !== undefined && { contentType }),
    ...(correlationId !== undefined && { correlationId }),
    ...(replyTo !== undefined && { replyTo }),
    ...(type !== undefined && { type }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function carriedHeaders(headers: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED_HEADERS.includes(name)));
  return JSON.stringify(kept).length <= MAX_HEADERS_JSON ? kept : HEADERS_DROPPED;
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      until.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    until.addEventListener('abort', done);
  });
}
