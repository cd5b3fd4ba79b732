import { Arrival } from './arrivals.js';

/**
 * Holds what arrived against what is promised: every signature holds, and the events of each subject are accepted in
 * sequence with none missing.
 *
 * @returns a sentence for everything that is not so.
 */
export function brokenPromises(arrivals: readonly Arrival[]): string[] {
  const unsigned = arrivals.filter(({ fault }) => fault !== undefined);
  const subjects = [...new Set(arrivals.map(({ subject }) => subject))];
  return [
    ...unsigned.map(({ type, subject, fault }) => `${type} of ${subject}: ${fault}.`),
    ...subjects.flatMap((subject) => gapsIn(firstAcceptances(arrivals, subject))),
  ];
}

/** A repeat of what was accepted already is allowed: every event comes at least once. */
function firstAcceptances(arrivals: readonly Arrival[], subject: string): Arrival[] {
  const accepted = arrivals.filter((arrival) => arrival.subject === subject && arrival.answered === 200);
  return accepted.filter(({ eventId }, index) => accepted.findIndex((other) => other.eventId === eventId) === index);
}

function gapsIn(events: readonly Arrival[]): string[] {
  return events.flatMap(({ type, subject, sequence, previousEventId }, index) => {
    const before = events[index - 1]?.eventId ?? null;
    if (sequence === index + 1 && previousEventId === before) return [];
    return [`${type} of ${subject} came as number ${index + 1} and says that it is number ${sequence}.`];
  });
}
