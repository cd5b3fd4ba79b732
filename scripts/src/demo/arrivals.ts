import { EventEmitter, once } from 'node:events';

/** One attempt of a callback, as the subscriber saw it. */
export interface Arrival {
  eventId: string;
  type: string;
  subject: string;
  /** What its data has to say, in a word or two. */
  gist: string;
  sequence: number;
  previousEventId: string | null;
  /** How often the event has come by now. */
  attempt: number;
  /** Milliseconds since the attempt before; undefined at the first. */
  sincePreviousMs: number | undefined;
  /** What is wrong with its signature. */
  fault: string | undefined;
  /** The status that it was answered with. */
  answered: number;
}

/** Everything that has arrived, oldest first. */
export class Arrivals {
  readonly all: Arrival[] = [];
  readonly #news = new EventEmitter();

  add(arrival: Arrival): void {
    this.all.push(arrival);
    this.#news.emit('arrival');
  }

  /** Fulfils when an event of each type was accepted for `subject`; rejects with an AbortError once `signal` is aborted. */
  untilAccepted(subject: string, types: readonly string[], signal: AbortSignal): Promise<void> {
    const accepted = (type: string) =>
      this.#any(subject, (arrival) => arrival.type === type && arrival.answered === 200);
    return this.#until(() => types.every(accepted), signal);
  }

  /** Fulfils when an event of `subject` was answered with a failure; rejects with an AbortError likewise. */
  untilRefused(subject: string, signal: AbortSignal): Promise<void> {
    return this.#until(() => this.#any(subject, ({ answered }) => answered !== 200), signal);
  }

  async #until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    while (!condition()) await once(this.#news, 'arrival', { signal });
  }

  #any(subject: string, condition: (arrival: Arrival) => boolean): boolean {
    return this.all.some((arrival) => arrival.subject === subject && condition(arrival));
  }
}
