import { setMaxListeners } from 'node:events';
import { createSecureContext } from 'node:tls';
import { type AttemptOutcome, type CallbackSender } from '../../app/ports.js';
import { addressPolicy } from './address-policy.js';
import { Attempt } from './attempt.js';
import { AttemptFailure, failedAtOnce, givenUp } from './attempt-failure.js';
import { Connections } from './connections.js';
import { askingOnce, byDnsOrSystem } from './name-lookup.js';
import { type Resolve, resolveByDns, resolveBySystem } from './name-sources.js';
import { isSendable, type SendingRules } from './url-policy.js';

export interface CallbackRequest {
  url: string;
  /** The signature's headers; the sender adds `content-type`, `user-agent` and what HTTP needs. */
  headers: Record<string, string>;
  /** JSON. */
  body: string;
}

export interface HttpCallbackSenderOptions extends SendingRules {
  /** From the name's look-up to the end of the answer's body. */
  deadlineMs?: number;
  /** Of an answer's body so much is read; then the connection is dropped and the answer counts by its status. */
  maxAnswerBytes?: number;
  /** How long an unused connection is kept where its server does not say. */
  idleMs?: number;
  maxIdleConnections?: number;
  /** DNS, or for names that it does not have the system's look-up, unless told otherwise. */
  resolve?: Resolve;
  /** Authorities, in PEM, to trust instead of Node's. */
  ca?: string;
}

const DEADLINE_MS = 15_000;
const MAX_ANSWER_BYTES = 65_536;
/** Below the 5 s after which Node and Apache close: a request that meets a closing connection fails. */
const IDLE_MS = 4_000;
const MAX_IDLE_CONNECTIONS = 1_000;
/** A URL is read once, not at every attempt; subscriptions come and go, so the memory starts afresh at this many. */
const MAX_TARGETS = 10_000;

const STANDARD_HEADERS = { 'content-type': 'application/json', 'user-agent': 'Holdfast-Webhooks/0.1' };

/** Where a request goes. */
interface Target {
  origin: string;
  host: string;
  path: string;
}

/**
 * Sends callbacks over HTTP/1.1: once, without following redirects, without a proxy, to addresses that may be connected
 * to. There is no limit on requests at once: whoever calls decides how many.
 */
export class HttpCallbackSender implements CallbackSender {
  private readonly connections: Connections;
  private readonly targets = new Map<string, Target | AttemptFailure>();
  private readonly allowHttp: boolean;
  private readonly deadlineMs: number;
  private readonly maxAnswerBytes: number;
  private closed = false;

  constructor(options: HttpCallbackSenderOptions) {
    this.allowHttp = options.allowHttp;
    this.deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.maxAnswerBytes = options.maxAnswerBytes ?? MAX_ANSWER_BYTES;
    this.connections = new Connections(
      {
        mayConnect: addressPolicy(options.allowedNetworks),
        resolve: askingOnce(options.resolve ?? byDnsOrSystem({ dns: resolveByDns(), system: resolveBySystem })),
        // Made once: reading the authorities takes longer than a handshake.
        secureContext: createSecureContext({ minVersion: 'TLSv1.2', ca: options.ca }),
      },
      { idleMs: options.idleMs ?? IDLE_MS, maxIdle: options.maxIdleConnections ?? MAX_IDLE_CONNECTIONS },
    );
  }

  /** How many connections stand or are being opened, idle ones among them. */
  get openConnections(): number {
    return this.connections.size;
  }

  /**
   * Posts a callback. It throws for nothing that the network, the other side or the URL do.
   *
   * @param signal gives the attempt up: without an answer by then, its outcome is a failure, though it may have arrived.
   */
  async send(request: CallbackRequest, signal?: AbortSignal): Promise<AttemptOutcome> {
    const target = this.closed || signal?.aborted ? givenUp() : this.targetOf(request.url);
    if (target instanceof AttemptFailure) return failedAtOnce(target);
    return this.exchange(target, request, signal);
  }

  /** Gives up what is in flight and closes every connection; resolves when they are closed. */
  async close(): Promise<void> {
    this.closed = true;
    await this.connections.close();
  }

  private exchange(target: Target, request: CallbackRequest, signal?: AbortSignal): Promise<AttemptOutcome> {
    return new Promise((resolve) => {
      const connection = this.connections.lend(target.origin);
      const attempt = new Attempt(target.host, this.maxAnswerBytes, ({ outcome, reusable }) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        if (reusable) this.connections.giveBack(connection);
        else this.connections.discard(connection);
        resolve(outcome);
      });
      // Node keeps timers of one duration in one list: starting and clearing one costs a quarter of a microsecond.
      const timer = setTimeout(() => attempt.expire(this.deadlineMs), this.deadlineMs);
      const onAbort = (): void => attempt.giveUp();
      if (signal !== undefined) listen(signal, onAbort);
      const headers = { ...STANDARD_HEADERS, ...request.headers };
      connection.dispatch({ path: target.path, method: 'POST', headers, body: request.body }, attempt);
    });
  }

  private targetOf(url: string): Target | AttemptFailure {
    const known = this.targets.get(url);
    if (known !== undefined) return known;
    if (this.targets.size >= MAX_TARGETS) this.targets.clear();
    const target = readTarget(url, this.allowHttp);
    this.targets.set(url, target);
    return target;
  }
}

function readTarget(text: string, allowHttp: boolean): Target | AttemptFailure {
  if (!URL.canParse(text)) return new AttemptFailure('ADDRESS_NOT_ALLOWED', 'The URL cannot be read.');
  const url = new URL(text);
  if (!isSendable(url, allowHttp)) {
    return new AttemptFailure('ADDRESS_NOT_ALLOWED', `Callbacks are not sent over ${url.protocol.slice(0, -1)}.`);
  }
  return { origin: url.origin, host: url.hostname, path: url.pathname + url.search };
}

/** One signal for all that is in flight is how it is meant; Node 20 warns of a leak from the eleventh listener on. */
function listen(signal: AbortSignal, onAbort: () => void): void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', onAbort, { once: true });
}
