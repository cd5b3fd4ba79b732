import {
  type DeliveryDetail,
  type DeliveryPage,
  type DeliveryView,
  type ErrorCode,
  errorCodes,
  type MessageData,
  messages,
  type OrderChanges,
  type OrderPage,
  type OrderPlaced,
  type OrderView,
  type ProductCreated,
  type ProductImported,
  type ProductPage,
  type ProductView,
  type ReplayResult,
  type Reply,
  type StockAdjustmentMade,
  type StockMovementPage,
  type TimelinePart,
  type WebhookCreated,
  type WebhookPage,
  type WebhookTestResult,
  type WebhookView,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import {
  NoAnswerError,
  RECONNECT_S,
  RequestNotSentError,
  type RequestPattern,
  type RpcClient,
} from '@holdfast/messaging';
import { KeysInUse, keyInUseOf } from './http/keys-in-use.js';
import { ProblemError } from './http/problem.js';

/** What each request is answered with when it is accepted. */
export interface Answers extends Record<RequestPattern, unknown> {
  'orders.create': OrderPlaced;
  'orders.cancel': OrderView;
  'orders.get': OrderView;
  'orders.list': OrderPage;
  'orders.events': OrderChanges;
  'orders.timeline': TimelinePart;
  'product.adjustStock': StockAdjustmentMade;
  'product.change': ProductView;
  'product.create': ProductCreated;
  'product.get': ProductView;
  'product.import': ProductImported;
  'product.list': ProductPage;
  'product.movements': StockMovementPage;
  'products.timeline': TimelinePart;
  'webhooks.create': WebhookCreated;
  'webhooks.get': WebhookView;
  'webhooks.list': WebhookPage;
  'webhooks.update': WebhookView;
  'webhooks.delete': null;
  'webhooks.enable': WebhookView;
  'webhooks.disable': WebhookView;
  'webhooks.rotateSecret': WebhookWithSecret;
  'webhooks.test': WebhookTestResult;
  'webhooks.replay': ReplayResult;
  'deliveries.list': DeliveryPage;
  'deliveries.get': DeliveryDetail;
  'webhooks.timeline': TimelinePart;
  'deliveries.retry': DeliveryView;
}

/** Where a request comes from. */
export interface Origin {
  /** UUIDv7; message id and correlation id of the request and of everything that it sets in motion. */
  requestId: string;
  traceparent?: string | undefined;
}

/** An answer, and whether it is the stored one of an earlier request with the same idempotency key. */
export interface Answered<Value> {
  value: Value;
  replayed: boolean;
}

/** After a moment there is room, or an answer to repeat; a broker that is away is tried again every 3 s. */
const RETRY_AFTER_S: Partial<Record<ErrorCode, number>> = {
  OVERLOADED: 1,
  IDEMPOTENCY_KEY_IN_USE: 1,
  BROKER_UNAVAILABLE: RECONNECT_S,
  DATABASE_UNAVAILABLE: 1,
};

const UNKNOWN_OUTCOME =
  'Whether this was done is not known. Repeat the request with the same Idempotency-Key, which does it once at most; ' +
  'without a key, look first whether it was done.';

/** The services behind the gateway. */
export class Backend {
  private readonly keysInUse = new KeysInUse();

  constructor(
    private readonly rpc: Pick<RpcClient, 'request'>,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Sends a request to the service that answers it.
   *
   * @param atLeastMs how long this one may take by its nature: it is waited for that long where others get less time.
   * @throws ProblemError with the service's own code when it refuses; BROKER_UNAVAILABLE or OVERLOADED when nothing was
   * sent; IDEMPOTENCY_KEY_IN_USE while the first request with its key is not answered yet; ANSWER_TIMEOUT when no answer
   * came and the outcome is unknown.
   */
  async ask<P extends RequestPattern>(
    pattern: P,
    data: MessageData<P>,
    origin: Origin,
    atLeastMs = 0,
  ): Promise<Answers[P]> {
    return (await this.askOnce(pattern, data, origin, atLeastMs)).value;
  }

  /**
   * The same for a request that may have an idempotency key, and whose answer says whether it is a stored one.
   *
   * @throws ProblemError as {@link ask} does.
   */
  async askOnce<P extends RequestPattern>(
    pattern: P,
    data: MessageData<P>,
    origin: Origin,
    atLeastMs = 0,
  ): Promise<Answered<Answers[P]>> {
    const timeoutMs = Math.max(this.timeoutMs, atLeastMs);
    let reply: unknown;
    try {
      reply = await this.keysInUse.during(keyInUseOf(pattern, data), () =>
        this.rpc.request(pattern, data, { ...origin, timeoutMs }),
      );
    } catch (error) {
      throw problemOfFailure(pattern, error);
    }
    if (!isReply(reply)) throw new Error(`the answer to ${pattern} is not what the contract says`);
    if (reply.ok) return { value: reply.value as Answers[P], replayed: reply.replayed === true };
    const { code, detail } = reply.error;
    throw new ProblemError(code, detail, retryAfter(code));
  }
}

/** When to try again, where a code says that it will help: also of a service that has too much to do. */
function retryAfter(code: ErrorCode): { headers?: Record<string, string> } {
  const seconds = RETRY_AFTER_S[code];
  return seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } };
}

function problemOfFailure(pattern: RequestPattern, cause: unknown): unknown {
  if (cause instanceof RequestNotSentError) {
    const code = cause.code === 'OVERLOADED' ? 'OVERLOADED' : 'BROKER_UNAVAILABLE';
    return new ProblemError(code, 'Nothing was done. Repeat the request in a moment.', retryAfter(code), { cause });
  }
  if (cause instanceof NoAnswerError) {
    const detail = messages[pattern].kind === 'query' ? 'Repeat the request.' : UNKNOWN_OUTCOME;
    return new ProblemError('ANSWER_TIMEOUT', detail, {}, { cause });
  }
  return cause;
}

function isReply(reply: unknown): reply is Reply<unknown> {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return false;
  if (reply.ok === true) return 'value' in reply;
  if (!('error' in reply) || typeof reply.error !== 'object' || reply.error === null) return false;
  return 'code' in reply.error && Object.hasOwn(errorCodes, String(reply.error.code)) && 'detail' in reply.error;
}
