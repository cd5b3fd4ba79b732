import { type Transaction } from '@holdfast/platform';
import { type Scheduled } from '../domain/clock-ahead.js';

/** What the processes that share a database have noted of the time. Unix milliseconds. */
export interface NotedTimes {
  /** The latest that one has believed it to be. */
  latest: number;
  /** When one agreed last with the clock of the database, by that clock; 0 where none ever has. */
  agreedAt: number;
}

export interface ClockMark {
  read(): Promise<NotedTimes>;
  /** Raises the latest time; one that is later stays. */
  raise(tx: Transaction, to: number): Promise<void>;
  /** Sets the latest time back, unless somebody has raised it since it was read. */
  setBack(tx: Transaction, from: number, to: number): Promise<void>;
  agree(tx: Transaction, at: number): Promise<void>;
}

/** The clock that all who share a database can ask. Undefined where there is none beside this machine's. */
export interface DatabaseClock {
  /** Unix milliseconds. */
  now(): Promise<number | undefined>;
}

export interface ScheduledDelivery extends Scheduled {
  id: string;
}

/** What subscriptions and deliveries wait for, in the caller's transaction. */
export interface ScheduledTimes {
  /** Subscriptions with a delivery that is due later than a time. */
  withDeliveriesAfter(tx: Transaction, time: number): Promise<string[]>;
  /**
   * Deliveries of a subscription that have their turn, in the order in which they are due, from behind a place on. They
   * are locked, and those that another transaction has locked are left out: somebody is just scheduling them.
   */
  deliveriesAfter(
    tx: Transaction,
    subscriptionId: string,
    place: { dueAt: number; id: string },
    limit: number,
  ): Promise<ScheduledDelivery[]>;
  moveDelivery(tx: Transaction, id: string, dueAt: number): Promise<void>;
  /** Endpoints that are to be left alone longer than to a time. They are locked. */
  holdsAfter(tx: Transaction, time: number): Promise<{ id: string; until: number; at: number | null }[]>;
  moveHold(tx: Transaction, id: string, hold: { until: number; at: number }): Promise<void>;
  /**
   * Forgets since when endpoints have failed and when they answered last, where that is later than a time: what they do
   * next counts.
   *
   * @returns of how many.
   */
  forgetNotesAfter(tx: Transaction, time: number): Promise<number>;
}
