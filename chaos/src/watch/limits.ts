/** From where on something is not what it should be. */
export interface Limits {
  /** What a lost consumer may take to show in its process's readiness. */
  redWithinMs: number;
  /** Resident memory of one process. */
  memoryMb: number;
  requestMs: number;
  /** Messages that may wait although no order was placed lately. */
  restingBacklog: number;
  /** Messages that may wait for each order that was accepted within {@link RECENT_MS}. */
  messagesPerOrder: number;
}

export const DEFAULT_LIMITS: Limits = {
  redWithinMs: 30_000,
  // What grows without end passes it; how high complete runs came stands in docs/chaos.md.
  memoryMb: 640,
  // REQUEST_TIMEOUT_MS is 3 s, and a machine with two cores and everything on it may be late by some seconds.
  requestMs: 12_000,
  // What orders of longer ago have left: messages that were given back wait up to two minutes for their next attempt, and
  // buyers without an answer ask again.
  restingBacklog: 1_000,
  // One reservation that is asked for, and four copies of events: created, confirmed, and "stock reserved" for two. What is
  // cancelled makes as many again, and no fault keeps all queues from being emptied.
  messagesPerOrder: 5,
};

/** The longest that a fault keeps a consumer away while orders are accepted is 25 s, and then it has to catch up. */
export const RECENT_MS = 60_000;

// The management API shows what queues reported up to 5 s ago.
const REPORT_DELAY_MS = 6_000;

/** How long something has to be seen until it cannot be the delay of RabbitMQ's reports any more. */
export const certainAfterMs = ({ redWithinMs }: Pick<Limits, 'redWithinMs'>): number => redWithinMs + REPORT_DELAY_MS;
