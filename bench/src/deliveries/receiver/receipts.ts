import { Webhook } from 'standardwebhooks';
import { timeOfUuidV7 } from '../../uuid-v7.js';
import { headerIn, ReceivedRequest } from './request-parser.js';

/** Every how many requests a signature is verified: often enough to notice, seldom enough not to be what is measured. */
const VERIFY_EVERY = 100;

export interface Expected {
  deliveries: number;
  /** `whsec_…` of every endpoint, in the order of the endpoints. */
  secrets: readonly string[];
}

/** Events by their own time, in epoch milliseconds, `until` excluded. */
export interface Window {
  from?: number;
  until?: number;
}

/** From the time in the id to the receipt, in ms; the ids' time has the resolution of a millisecond. */
export interface Latency {
  callbacks: number;
  p50Ms: number;
  p99Ms: number;
}

/** What the receiver saw since it was told what to expect. */
export interface ReceiptReport extends Omit<Latency, 'callbacks'> {
  received: number;
  /** Pairs of endpoint and `webhook-id`. */
  distinct: number;
  signaturesVerified: number;
  signaturesWrong: number;
}

/** The callbacks that came, by endpoint. */
export class Receipts {
  readonly #seen: Set<string>[];
  readonly #verifiers: Webhook[];
  readonly #latencies: { sentAt: number; ms: number }[] = [];
  #received = 0;
  #distinct = 0;
  #verified = 0;
  #wrong = 0;

  constructor(private readonly expected: Expected) {
    this.#seen = expected.secrets.map(() => new Set());
    this.#verifiers = expected.secrets.map((secret) => new Webhook(secret));
  }

  /** Takes a request for an endpoint; true when with it everything that is expected has come. `now` in epoch ms. */
  add(endpoint: number, request: ReceivedRequest, now: number): boolean {
    const id = headerIn(request.head, 'webhook-id') ?? '';
    this.#received += 1;
    if (this.#received % VERIFY_EVERY === 1) this.#verify(endpoint, id, request);
    if (!this.#isNew(endpoint, id)) return false;
    const sentAt = timeOfUuidV7(id);
    this.#latencies.push({ sentAt, ms: now - sentAt });
    this.#distinct += 1;
    return this.#distinct === this.expected.deliveries;
  }

  report(): ReceiptReport {
    const { p50Ms, p99Ms } = this.latency();
    return {
      received: this.#received,
      distinct: this.#distinct,
      signaturesVerified: this.#verified,
      signaturesWrong: this.#wrong,
      p50Ms,
      p99Ms,
    };
  }

  /** Of the callbacks of the events in the window; each counts once, when it came first. */
  latency({ from = 0, until = Number.POSITIVE_INFINITY }: Window = {}): Latency {
    const inWindow = this.#latencies.filter(({ sentAt }) => sentAt >= from && sentAt < until);
    const sorted = Float64Array.from(inWindow, ({ ms }) => ms).sort();
    const quantile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
    return { callbacks: sorted.length, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
  }

  #isNew(endpoint: number, id: string): boolean {
    const seen = this.#seen[endpoint];
    if (seen === undefined || seen.has(id)) return false;
    seen.add(id);
    return true;
  }

  #verify(endpoint: number, id: string, { head, body }: ReceivedRequest): void {
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': headerIn(head, 'webhook-timestamp') ?? '',
      'webhook-signature': headerIn(head, 'webhook-signature') ?? '',
    };
    try {
      this.#verifiers[endpoint]?.verify(body, headers);
      this.#verified += 1;
    } catch {
      this.#wrong += 1;
    }
  }
}
