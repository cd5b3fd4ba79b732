import { observedGauge, type Queries } from '@holdfast/platform';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type AttemptOutcome, type DeliveryFate, type DeliveryMetrics } from '../app/ports.js';

// From an endpoint beside us to one that is cut off at the deadline.
const ATTEMPT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

// From at once to the end of a retry schedule of hours.
const AGE_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 600, 3_600, 21_600];

/** Deliveries by outcome, attempts and their latency, for Prometheus. */
export class PrometheusDeliveryMetrics implements DeliveryMetrics {
  private readonly attempts: Counter<'outcome'>;
  private readonly deliveries: Counter<'outcome'>;
  private readonly boundAttempts = new Map<string, Counter.Internal>();
  private readonly boundDeliveries = new Map<string, Counter.Internal>();
  private readonly seconds: Histogram;
  private readonly age: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.attempts = new Counter({
      name: 'holdfast_webhook_attempts_total',
      help: 'Attempts by what came of them: the class of the answer, or why there was none',
      labelNames: ['outcome'],
      registers,
    });
    this.deliveries = new Counter({
      name: 'holdfast_webhook_deliveries_total',
      help: 'Attempts by what became of their delivery: delivered, retry, dead, failed (a test)',
      labelNames: ['outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'holdfast_webhook_attempt_seconds',
      help: 'Time of one attempt, from connect to the end of the answer',
      buckets: ATTEMPT_SECONDS,
      registers,
    });
    this.age = new Histogram({
      name: 'holdfast_webhook_delivery_age_seconds',
      help: 'Time from an event to its acknowledgement by a subscriber',
      buckets: AGE_SECONDS,
      registers,
    });
  }

  attempted(outcome: AttemptOutcome, fate: DeliveryFate, ageMs: number): void {
    const told = outcome.kind === 'answered' ? `${Math.floor(outcome.status / 100)}xx` : outcome.error;
    this.child(this.attempts, told).inc();
    this.child(this.deliveries, fate.status === 'pending' ? 'retry' : fate.status).inc();
    this.seconds.observe(outcome.durationMs / 1000);
    if (fate.status === 'delivered') this.age.observe(ageMs / 1000);
  }

  /** Finding a counter by its labels hashes them; once per callback that shows. */
  private child(counter: Counter<'outcome'>, outcome: string): Counter.Internal {
    const bound = counter === this.attempts ? this.boundAttempts : this.boundDeliveries;
    let child = bound.get(outcome);
    if (!child) {
      child = counter.labels({ outcome });
      bound.set(outcome, child);
    }
    return child;
  }
}

// Three looks into indexes for each subscription, however much waits: what has not been tried waits since it is due, and
// the first of it is first in its index; then what is being tried for the first time, and what has failed before. Leases
// end sooner than most pauses do and are fewer than the limit: no process sends as many to one endpoint. A delivery that
// waits for its turn is younger than the one it waits for.
const OLDEST = `
  SELECT s.id,
    (SELECT min(d.due_at) FROM deliveries d WHERE d.subscription_id = s.id AND d.status = 'pending' AND d.due_at <= ?)
      AS untried,
    (SELECT min(l.created_at) FROM (
       SELECT d.created_at FROM deliveries d
       WHERE d.subscription_id = s.id AND d.status = 'pending' AND d.due_at > ? ORDER BY d.due_at LIMIT 1000) AS l)
      AS leased,
    (SELECT min(d.created_at) FROM deliveries d
     WHERE d.subscription_id = s.id AND d.finished_at IS NULL AND d.tries > 0) AS retried
  FROM subscriptions s WHERE s.deleted_at IS NULL`;

interface OldestRow {
  id: string;
  untried: number | null;
  leased: number | null;
  retried: number | null;
}

/** What is read from the database and the dispatcher whenever somebody looks. */
export function observeDeliveries(
  registry: Registry,
  queries: Queries,
  dispatcher: { readonly sending: number; readonly openCircuits: number },
): void {
  observedGauge(registry, 'holdfast_webhook_sending', 'Callbacks on their way', () => dispatcher.sending);
  observedGauge(
    registry,
    'holdfast_webhook_open_circuits',
    'Endpoints that are left alone because attempt after attempt failed',
    () => dispatcher.openCircuits,
  );
  new Gauge({
    name: 'holdfast_webhook_oldest_undelivered_seconds',
    help: 'Age of the oldest event that a subscription has not got yet; none where it has got all',
    labelNames: ['webhook'],
    registers: [registry],
    async collect() {
      this.reset();
      const now = Date.now();
      const rows = await queries.all<OldestRow>(OLDEST, [now, now]);
      for (const { id, ...times } of rows) {
        const since = Math.min(...Object.values(times).filter((time) => time !== null));
        if (since < now) this.set({ webhook: id }, (now - since) / 1000);
      }
    },
  });
}
