import { type Arrival } from './arrivals.js';
import { brokenPromises } from './check-promises.js';

const anArrival = (sequence: number, given: Partial<Arrival> = {}): Arrival => ({
  eventId: `event-${sequence}`,
  type: 'order.created',
  subject: 'order/1',
  gist: '',
  sequence,
  previousEventId: sequence === 1 ? null : `event-${sequence - 1}`,
  attempt: 1,
  sincePreviousMs: undefined,
  fault: undefined,
  answered: 200,
  ...given,
});

const other = { subject: 'order/2', eventId: 'other-1' };

describe('the promises', () => {
  it.each<[string, Arrival[]]>([
    ['what comes in sequence', [anArrival(1), anArrival(2)]],
    ['two subjects that mingle', [anArrival(1), anArrival(1, other), anArrival(2)]],
    ['a failure before an acceptance', [anArrival(1, { answered: 500 }), anArrival(1), anArrival(2)]],
    ['a repeat of what was accepted', [anArrival(1), anArrival(2), anArrival(1, { attempt: 2 })]],
  ])('are kept by %s', (_name, arrivals) => {
    expect(brokenPromises(arrivals)).toEqual([]);
  });

  it.each<[string, Arrival[]]>([
    ['a gap', [anArrival(1), anArrival(3)]],
    ['a wrong order', [anArrival(2), anArrival(1)]],
    ['a missing first event', [anArrival(2)]],
    ['another predecessor', [anArrival(1), anArrival(2, { previousEventId: 'event-0' })]],
    ['an event that passes a failing one', [anArrival(1, { answered: 500 }), anArrival(2)]],
    ['a signature that does not hold', [anArrival(1, { fault: 'no signature holds', answered: 401 })]],
  ])('are broken by %s', (_name, arrivals) => {
    expect(brokenPromises(arrivals)).not.toEqual([]);
  });
});
