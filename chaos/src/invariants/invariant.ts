import { type ReceivedCallback } from '@holdfast/testing';
import { type Books } from '../books/books.js';
import { type Call } from '../history/history.js';
import { type Endpoint } from '../stand/subscribers.js';

/** Everything that a verdict is drawn from. */
export interface Evidence {
  /** What clients saw. */
  calls: readonly Call[];
  /** What the databases hold, read when the system had come to rest. */
  books: Books;
  /** Units that each product began with, by sku. */
  initialStock: ReadonlyMap<string, number>;
  /** What each endpoint accepted, in the order of arrival. */
  accepted: ReadonlyMap<Endpoint, readonly ReceivedCallback[]>;
  /** How often each endpoint was sent an event and did not accept it, by the event's id. */
  refused: ReadonlyMap<Endpoint, ReadonlyMap<string, number>>;
  webhookIds: ReadonlyMap<Endpoint, string>;
  /** Callbacks whose signature was wrong. */
  forged: number;
  /** Messages that were given up, by queue, and how many of them were sent to be. */
  deadLetters: Readonly<Record<string, number>>;
  poisoned: number;
  /** What did not come to rest in time; empty when everything did. */
  unfinished: Readonly<Record<string, number>>;
  /** What the watch saw that must not be: silent stops, and bounds that were passed. */
  silent: readonly string[];
  unbounded: readonly string[];
}

export type Letter = 'C' | 'L' | 'E' | 'A' | 'M' | 'W' | 'S' | 'B';

/** One thing that has to be true whatever happens. */
export interface Invariant {
  letter: Letter;
  /** As the report names it. */
  promise: string;
  /** What breaks it, in sentences; empty when it holds. */
  violations(evidence: Evidence): string[];
}

/** Of each kind, named at most; the first ones say enough. */
const NAMED = 3;

export const firstOf = (sentences: readonly string[]): string[] =>
  sentences.length <= NAMED
    ? [...sentences]
    : [...sentences.slice(0, NAMED), `… and ${sentences.length - NAMED} more like that`];
