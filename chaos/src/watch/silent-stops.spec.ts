import { certainAfterMs, DEFAULT_LIMITS } from './limits.js';
import { aConsumer, aLook, aProcess, aQueue, ordersBroker } from './look.builder.js';
import { type BrokerLook, type Look } from './look.js';
import { SilentStops } from './silent-stops.js';

const CERTAIN_MS = certainAfterMs(DEFAULT_LIMITS);

/** What is found in looks that come once a second, from the first to the one at `untilMs`. */
function found(lookAt: (atMs: number) => Partial<Look>, untilMs = CERTAIN_MS): string[] {
  const stops = new SilentStops(DEFAULT_LIMITS);
  const sentences = new Set<string>();
  for (let atMs = 0; atMs <= untilMs; atMs += 1_000) {
    for (const sentence of stops.in(aLook({ ...lookAt(atMs), atMs }))) sentences.add(sentence);
  }
  return [...sentences];
}

/** orders_queue has lost what consumed it. */
const LOST: BrokerLook = {
  queues: [aQueue('orders_queue', { consumers: 0 }), aQueue('orders_queries')],
  consumers: [aConsumer('orders_queries', 'orders-service-1')],
};

const LOST_BY_1 = 'orders-service-1 says that it is ready, and has no consumer on orders_queue';

describe('a lost consumer', () => {
  it('is found when its process has said ready for 30 s', () => {
    expect(DEFAULT_LIMITS.redWithinMs).toBe(30_000);
    expect(found(() => ({ broker: LOST }))).toEqual([LOST_BY_1]);
  });

  it('is not found before that, and not while nothing is lost', () => {
    expect(found(() => ({ broker: LOST }), CERTAIN_MS - 1_000)).toEqual([]);
    expect(found(() => ({}), 10 * CERTAIN_MS)).toEqual([]);
  });

  it('is not found where its process is red within that time', () => {
    const redAfter = (atMs: number) => aProcess({ ready: atMs < 29_000 });
    expect(found((atMs) => ({ broker: LOST, processes: [redAfter(atMs)] }), 10 * CERTAIN_MS)).toEqual([]);
  });

  it('has 30 s anew when it was back meanwhile', () => {
    const back = ordersBroker(['orders-service-1']);
    const lookAt = (atMs: number) => (atMs === 20_000 ? { broker: back } : { broker: LOST });
    expect(found(lookAt, 20_000 + CERTAIN_MS)).toEqual([]);
    expect(found(lookAt, 21_000 + CERTAIN_MS)).toEqual([LOST_BY_1]);
  });

  it.each([
    ['is down', { state: 'is down' }],
    ['stands still', { state: 'stands still' }],
    ['gives no answer', { ready: undefined }],
  ] as const)('is nobody’s fault whose process %s', (_, state) => {
    expect(found(() => ({ broker: LOST, processes: [aProcess(state)] }))).toEqual([]);
  });

  it('is not looked for while RabbitMQ gives no answer, and the time begins anew', () => {
    const lookAt = (atMs: number) => ({ broker: atMs % 30_000 === 0 ? undefined : LOST });
    expect(found(lookAt, 10 * CERTAIN_MS)).toEqual([]);
  });

  it('is found although the list goes on to have it, as it does when a queue was deleted', () => {
    const broker = { queues: [aQueue('orders_queries')], consumers: ordersBroker(['orders-service-1']).consumers };
    expect(found(() => ({ broker }))).toEqual([LOST_BY_1]);
  });

  it('is not found where the list is late and the queue counts one for each', () => {
    expect(found(() => ({ broker: { ...ordersBroker(['orders-service-1']), consumers: [] } }))).toEqual([]);
  });
});

describe('a lost consumer of one of two instances', () => {
  const first = 'orders-service-1';
  const second = 'orders-service-2';
  const two = (ofFirst: boolean, ofSecond: boolean) => [
    aProcess({ name: first, ready: ofFirst }),
    aProcess({ name: second, ready: ofSecond }),
  ];

  it('is found where both say ready, by name', () => {
    expect(found(() => ({ processes: two(true, true), broker: ordersBroker([first]) }))).toEqual([
      `${second} says that it is ready, and has no consumer on orders_queue`,
      `${second} says that it is ready, and has no consumer on orders_queries`,
    ]);
  });

  it.each([
    ['has its consumer', [first]],
    ['has none either', []],
  ])('is not excused by the other one, which is red and %s', (_, consuming) => {
    expect(found(() => ({ processes: two(false, true), broker: ordersBroker(consuming) }))).toEqual([
      `${second} says that it is ready, and has no consumer on orders_queue`,
      `${second} says that it is ready, and has no consumer on orders_queries`,
    ]);
  });

  it('is not found where it is the one that is red', () => {
    expect(found(() => ({ processes: two(true, false), broker: ordersBroker([first]) }))).toEqual([]);
  });

  it('is not hidden by the other one’s, which stands still', () => {
    const processes = [aProcess({ name: first, state: 'stands still', ready: undefined }), aProcess({ name: second })];
    expect(found(() => ({ processes, broker: ordersBroker([first]) }))).toHaveLength(2);
  });
});

describe('a consumer that is there and does nothing', () => {
  const STUCK = 'orders-service-1 says that it is ready, and is done with nothing of what waits in orders_queue';
  const waiting = (changed: Partial<BrokerLook['queues'][number]>) =>
    ordersBroker(['orders-service-1'], { messages: 3, done: 7, ...changed });

  it('is found when its process has said ready for 30 s with messages in the queue', () => {
    // Not in the first look: it has nothing to compare with.
    expect(found(() => ({ broker: waiting({}) }), CERTAIN_MS)).toEqual([]);
    expect(found(() => ({ broker: waiting({}) }), CERTAIN_MS + 1_000)).toEqual([STUCK]);
  });

  it.each([
    [
      'something is done every ten seconds',
      (atMs: number) => ({ broker: waiting({ done: Math.floor(atMs / 10_000) }) }),
    ],
    ['nothing waits', () => ({ broker: waiting({ messages: 0 }) })],
    ['its process is red', () => ({ broker: waiting({}), processes: [aProcess({ ready: false })] })],
  ])('is not found where %s', (_, lookAt) => {
    expect(found(lookAt, 3 * CERTAIN_MS)).toEqual([]);
  });

  const webhooks = (atWork: boolean, active: readonly [boolean, boolean], ready: readonly [boolean, boolean]) => {
    const names = ['webhook-publisher-1', 'webhook-publisher-2'] as const;
    return (atMs: number): Partial<Look> => ({
      processes: names.map((name, index) =>
        aProcess({ name, service: 'webhook-publisher', ready: ready[index] ?? false }),
      ),
      broker: {
        queues: [
          aQueue('webhooks_queue', { consumers: 2, messages: 5, done: atWork ? atMs : 0 }),
          aQueue('webhooks_queries', { consumers: 2 }),
        ],
        consumers: names.flatMap((name, index) => [
          aConsumer('webhooks_queue', name, active[index] ?? false),
          aConsumer('webhooks_queries', name),
        ]),
      },
    });
  };
  const stuck = (number: number) =>
    `webhook-publisher-${number} says that it is ready, and is done with nothing of what waits in webhooks_queue`;

  it('is the active one, where a queue has a single active consumer', () => {
    expect(found(webhooks(false, [true, false], [true, true]), 2 * CERTAIN_MS)).toEqual([stuck(1)]);
    expect(found(webhooks(true, [true, false], [true, true]), 2 * CERTAIN_MS)).toEqual([]);
  });

  it('is not the one that stands by while the active one is red, and is not excused by a red one that stands by', () => {
    expect(found(webhooks(false, [true, false], [false, true]), 2 * CERTAIN_MS)).toEqual([]);
    expect(found(webhooks(false, [true, false], [true, false]), 2 * CERTAIN_MS)).toEqual([stuck(1)]);
  });

  it('is any of them where RabbitMQ calls none active', () => {
    expect(found(webhooks(false, [false, false], [true, true]), 2 * CERTAIN_MS)).toEqual([stuck(1), stuck(2)]);
  });
});

describe('the api-gateway', () => {
  const gateway = aProcess({ name: 'api-gateway-1', service: 'api-gateway' });
  const own = (queues: readonly string[], process: string) => ({
    queues: queues.map((name) => aQueue(name)),
    consumers: [aConsumer('amq.gen-abc', process)],
  });

  it('has to consume its own queue, whatever its name is', () => {
    const processes = [gateway];
    const lost = ['api-gateway-1 says that it is ready, and has no consumer on a queue of its own'];
    expect(found(() => ({ processes, broker: own(['amq.gen-abc'], 'api-gateway-1') }))).toEqual([]);
    expect(found(() => ({ processes, broker: own(['amq.gen-abc'], 'api-gateway-2') }))).toEqual(lost);
    expect(found(() => ({ processes, broker: own([], 'api-gateway-1') }))).toEqual(lost);
  });
});

describe('a process', () => {
  it('that has ended by itself is found at once, with the last that it said', () => {
    const processes = [aProcess({ state: 'has ended by itself', ready: undefined, lastLine: 'out of memory' })];
    expect(found(() => ({ processes }), 0)).toEqual(['orders-service-1 has ended by itself: out of memory']);
  });
});
