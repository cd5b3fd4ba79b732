import { type Call } from '../history/history.js';
import { Bounds } from './bounds.js';
import { DEFAULT_LIMITS, RECENT_MS } from './limits.js';
import { aLook, aProcess, aQueue } from './look.builder.js';

const { memoryMb, requestMs, restingBacklog, messagesPerOrder } = DEFAULT_LIMITS;

const bounds = () => new Bounds(DEFAULT_LIMITS);

describe('memory', () => {
  it('may be what it may be, and no more', () => {
    expect(bounds().in(aLook({ processes: [aProcess({ memoryMb })] }))).toEqual([]);
    expect(bounds().in(aLook({ processes: [aProcess({ memoryMb: memoryMb + 1 })] }))).toEqual([
      `orders-service-1 takes more than ${memoryMb} MB`,
    ]);
  });

  it('is remembered where it was highest, by service', () => {
    const watched = bounds();
    for (const seen of [100, 300, 200]) watched.in(aLook({ processes: [aProcess({ memoryMb: seen })] }));
    expect(watched.peaks.memoryMb).toEqual(new Map([['orders-service', 300]]));
  });
});

describe('the backlog', () => {
  const TOO_MANY = ['more messages wait in queues than what recent orders have set in motion'];
  const look = (atMs: number, acceptedOrders: number, messages: number) =>
    aLook({ atMs, acceptedOrders, broker: { queues: [aQueue('a', { messages }), aQueue('b')], consumers: [] } });

  it('may be what the orders of the last minute have set in motion', () => {
    const watched = bounds();
    expect(watched.in(look(0, 0, 0))).toEqual([]);
    expect(watched.in(look(25_000, 1_000, restingBacklog + 1_000 * messagesPerOrder))).toEqual([]);
    expect(watched.peaks.backlog).toBe(restingBacklog + 1_000 * messagesPerOrder);
    expect(watched.in(look(25_000, 1_000, restingBacklog + 1_000 * messagesPerOrder + 1))).toEqual(TOO_MANY);
  });

  it('is too large where those orders are of long ago', () => {
    const watched = bounds();
    watched.in(look(0, 0, 0));
    expect(watched.in(look(25_000, 1_000, 4_000))).toEqual([]);
    expect(watched.in(look(24_000 + RECENT_MS, 1_000, 4_000))).toEqual([]);
    expect(watched.in(look(25_000 + RECENT_MS, 1_000, 4_000))).toEqual(TOO_MANY);
  });

  it('is too large where a minute’s repeats pile up under fifty orders a second', () => {
    const watched = bounds();
    // Ten messages more for each order than it needs, such as one that is asked for again every few milliseconds.
    const perOrder = messagesPerOrder + 10;
    const sentences: string[] = [];
    for (let s = 0; s <= 60; s += 1) sentences.push(...watched.in(look(s * 1_000, s * 50, s * 50 * perOrder)));
    expect(sentences).toContain(TOO_MANY[0]);
  });

  it('is too large where nobody takes one message of each order', () => {
    const watched = bounds();
    const sentences: string[] = [];
    for (let s = 0; s <= 600; s += 1) sentences.push(...watched.in(look(s * 1_000, s * 50, s * 50)));
    expect(sentences).toContain(TOO_MANY[0]);
  });

  it('is nobody’s while RabbitMQ gives no answer', () => {
    expect(bounds().in(aLook({ broker: undefined }))).toEqual([]);
  });
});

describe('a request', () => {
  const asked = (atMs: number): Call['asked'] => ({ kind: 'asked', call: 0, atMs, operation: 'read' });
  const answered = (atMs: number, tookMs: number): Call => ({
    asked: asked(atMs),
    outcome: { kind: 'answered', call: 0, atMs: atMs + tookMs, tookMs, status: 200 },
  });
  const tooLong = (count: number, longest: number) => [
    `${count} requests took longer than ${requestMs} ms, up to ${longest} ms`,
  ];

  it('may take what it may take, and no more', () => {
    expect(bounds().inRequests([answered(0, requestMs)], 60_000)).toEqual([]);
    const calls = [answered(0, requestMs + 1), answered(0, 10), answered(5, requestMs + 500)];
    expect(bounds().inRequests(calls, 60_000)).toEqual(tooLong(2, requestMs + 500));
  });

  it('counts without its answer, too', () => {
    const unanswered: Call = {
      asked: asked(0),
      outcome: { kind: 'unanswered', call: 0, atMs: 15_000, tookMs: 15_000, reason: 'timeout' },
    };
    const underWay: Call = { asked: asked(1_000), outcome: undefined };
    expect(bounds().inRequests([unanswered, underWay], 20_000)).toEqual(tooLong(2, 19_000));
  });

  it('need not be answered by a gateway that stands still', () => {
    const watched = bounds();
    const still = aProcess({ service: 'api-gateway', state: 'stands still' });
    watched.in(aLook({ atMs: 9_000 }));
    for (const atMs of [10_000, 17_000, 24_000]) watched.in(aLook({ atMs, processes: [still] }));
    expect(watched.inRequests([answered(10_000, 15_000)], 60_000)).toEqual([]);
    expect(watched.inRequests([answered(10_000, 14_000 + requestMs + 1)], 60_000)).toEqual(tooLong(1, requestMs + 1));
  });

  it('has to be answered while another service stands still', () => {
    const watched = bounds();
    const still = aProcess({ state: 'stands still' });
    for (const atMs of [10_000, 17_000, 24_000]) watched.in(aLook({ atMs, processes: [still] }));
    expect(watched.inRequests([answered(10_000, 15_000)], 60_000)).toEqual(tooLong(1, 15_000));
  });
});
