import { dialects } from '@holdfast/testing';
import { SqlDatabaseClock } from '../src/outbound/sql-database.clock.js';
import { answered, DeliveryStore, EngineRun, ScriptedNetwork, type SentCallback } from './engine.harness.js';
import { FakeClock, FakeMachine } from './fake-clock.js';

const HOUR_MS = 3_600_000;

/** What subscribers allow, as the Standard Webhooks specification has it. */
const ALLOWED_S = 300;

describe.each(dialects)('a wrong clock on %s', (dialect) => {
  let store: DeliveryStore;
  let clock: FakeClock;
  let network: ScriptedNetwork;
  const runs: EngineRun[] = [];

  beforeEach(async () => {
    store = await DeliveryStore.open(dialect);
    clock = new FakeClock();
    network = new ScriptedNetwork(clock);
    network.answer = (callback) => answered(isOfNow(callback) ? 204 : 401);
  });

  afterEach(async () => {
    for (const run of runs.splice(0)) {
      const stopped = run.stop();
      await run.pass(20_000);
      await stopped;
    }
    await store.close();
  });

  /** A process on a machine; one that stands for none that lives is not stopped in the end. */
  const start = (machine = new FakeMachine(clock), terms = {}, serverTime?: () => number): EngineRun => {
    const run = new EngineRun(store, clock, network, terms, machine, serverTime);
    runs.push(run);
    return run;
  };
  const kill = (run: EngineRun, machine: FakeMachine) => {
    machine.kill();
    runs.splice(runs.indexOf(run), 1);
  };
  const isOfNow = ({ headers }: SentCallback): boolean =>
    Math.abs(Number(headers['webhook-timestamp']) - clock.now() / 1_000) <= ALLOWED_S;
  const statuses = async () => [...new Set((await store.deliveries()).map(({ status }) => status))];
  const hang = () => new Promise<never>(() => undefined);

  describe('that was an hour fast and is right after a restart', () => {
    let fast: FakeMachine;
    let before: EngineRun;

    beforeEach(() => {
      fast = new FakeMachine(clock, HOUR_MS);
      before = start(fast);
    });

    it('holds nothing back: what was prepared, refused or leased goes out within a lease, in order', async () => {
      const steady = await store.subscribe();
      await store.subscribe({ url: 'https://hangs.example.com/', maxPerSecond: 2 });
      const refuses = network.answer;
      network.answer = (callback) => (callback.url.includes('hangs') ? hang() : refuses(callback));
      for (let event = 0; event < 12; event += 1) await before.arrives(`order-${event % 4}`);
      await before.pass(2_000);
      kill(before, fast);
      network.answer = refuses;
      const begun = network.sent.length;

      const after = start();
      await after.pass(60_000);
      expect(await statuses()).toEqual(['delivered']);
      expect(after.verdicts[0]).toMatchObject({ kind: 'was-ahead', deliveries: expect.any(Number) });
      expect(after.verdicts.slice(1).map(({ kind }) => kind)).not.toContain('was-ahead');
      const taken = network.sent.slice(begun).filter(({ url }) => url === steady.url);
      for (const order of [0, 1, 2, 3]) {
        const ofOrder = taken.filter(({ subject }) => subject === `order/order-${order}`);
        expect(ofOrder.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      }
    });

    it('holds an endpoint for as long as it asked, from the restart on', async () => {
      const { id } = await store.subscribe();
      network.answer = () => answered(503, '30');
      await before.arrives('order-1');
      await before.pass(1_000);
      kill(before, fast);
      network.answer = () => answered(204);
      const after = start();
      await after.pass(100);
      expect((await store.find(id)).heldUntil).toBe(clock.now() - 100 + 30_000);
      await after.pass(29_000);
      expect(network.sent).toHaveLength(1);
      await after.pass(5_000);
      expect(await statuses()).toEqual(['delivered']);
    });

    it('has not said for good since when an endpoint fails', async () => {
      const { id } = await store.subscribe();
      await before.arrives('order-1');
      await before.pass(100);
      expect((await store.find(id)).failingSince).toBe(clock.now() - 100 + HOUR_MS);
      kill(before, fast);
      network.answer = () => answered(500);
      const after = start();
      await after.pass(5_000);
      expect((await store.find(id)).failingSince).toBeLessThanOrEqual(clock.now());
      network.answer = () => answered(204);
      await after.pass(10_000);
      expect((await store.find(id)).failingSince).toBeNull();
    });

    it('moves nothing that a right clock has said, however late it is due', async () => {
      await before.stop();
      kill(before, fast);
      await store.subscribe({ eventTypes: ['order.*'] });
      const terms = { retryDelaysMs: [8 * HOUR_MS, 8 * HOUR_MS] };
      const right = new FakeMachine(clock);
      const first = start(right, terms);
      network.answer = () => answered(500);
      await first.arrives('order-1');
      await first.pass(100);
      const [waiting] = await store.deliveries('order/order-1');
      expect(waiting).toMatchObject({ status: 'pending', dueAt: clock.now() - 100 + 8 * HOUR_MS });
      right.aheadMs = HOUR_MS;
      await first.arrives('order-2');
      await first.pass(1_000);
      kill(first, right);
      network.answer = () => answered(204);
      const after = start(undefined, terms);
      await after.pass(60_000);
      expect(await store.deliveries('order/order-1')).toEqual([waiting]);
    });

    it('gives what waited for its turn its turn now', async () => {
      await store.subscribe();
      for (let event = 0; event < 3; event += 1) await before.arrives('order-1');
      await before.pass(100);
      kill(before, fast);
      const after = start();
      await after.pass(45_000);
      expect(network.sent.filter(isOfNow).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    });

    it('has its times moved by the next one where the first is killed at it', async () => {
      await store.subscribe();
      await before.arrives('order-1');
      await before.pass(500);
      kill(before, fast);
      const failing = store.database.unitOfWork.run.bind(store.database.unitOfWork);
      const machine = new FakeMachine(clock);
      store.database.unitOfWork.run = () => Promise.reject(new Error('killed'));
      const killed = start(machine);
      await killed.pass(100);
      expect(killed.verdicts).toEqual([]);
      kill(killed, machine);
      store.database.unitOfWork.run = failing;
      const after = start();
      await after.pass(30_000);
      expect(await statuses()).toEqual(['delivered']);
    });
  });

  describe('that is set back by an hour in a running process', () => {
    it('stops nothing: neither what is paced, nor what is held, nor an open circuit', async () => {
      const machine = new FakeMachine(clock, HOUR_MS);
      const run = start(machine);
      await store.subscribe({ url: 'https://paced.example.com/', maxPerSecond: 5 });
      await store.subscribe({ url: 'https://down.example.com/' });
      let down = true;
      network.answer = ({ url }) => answered(down && url.includes('down') ? 500 : 204);
      for (let order = 0; order < 30; order += 1) await run.arrives(`order-${order}`);
      await run.pass(2_500);
      expect(run.engine.dispatcher.openCircuits).toBe(1);
      machine.aheadMs = 0;
      down = false;
      await run.pass(60_000);
      expect(await statuses()).toEqual(['delivered']);
      expect(run.verdicts.filter(({ kind }) => kind === 'was-ahead')).toHaveLength(1);
      const paced = network.sent.filter(({ url }) => url.includes('paced')).map(({ atMs }) => atMs);
      for (const [index, at] of paced.slice(5).entries()) expect(at - (paced[index] ?? 0)).toBeGreaterThanOrEqual(800);
    });

    it('does not hide that nobody looks any more, and is not taken for it when it is set forward', async () => {
      const machine = new FakeMachine(clock, HOUR_MS);
      const run = start(machine);
      await run.pass(1_000);
      machine.aheadMs = 3 * HOUR_MS;
      expect(run.engine.dispatcher.health()).toEqual({ status: 'up' });
      machine.aheadMs = 0;
      const queries = store.database.queries.all.bind(store.database.queries);
      store.database.queries.all = () => Promise.reject(new Error('gone'));
      await run.pass(40_000);
      expect(run.engine.dispatcher.health()).toMatchObject({ status: 'down' });
      store.database.queries.all = queries;
    });
  });

  describe('that is an hour slow and then right', () => {
    it('has what it scheduled due, and kills, disables and moves nothing', async () => {
      const { id } = await store.subscribe({ updatedAt: clock.now() });
      const machine = new FakeMachine(clock, -HOUR_MS);
      const run = start(machine, { disableAfterMs: 24 * HOUR_MS });
      for (let event = 0; event < 6; event += 1) await run.arrives(`order-${event % 2}`);
      await run.pass(1_500);
      machine.aheadMs = 0;
      await run.pass(45_000);
      expect(await statuses()).toEqual(['delivered']);
      expect(await store.find(id)).toMatchObject({ enabled: true, failingSince: null });
      expect(run.verdicts.map(({ kind }) => kind)).not.toContain('was-ahead');
    });
  });
});

describe('the clock of one of two instances', () => {
  let store: DeliveryStore;
  let clock: FakeClock;
  let network: ScriptedNetwork;
  let right: EngineRun;
  let wrong: EngineRun;
  let machine: FakeMachine;

  beforeEach(async () => {
    store = await DeliveryStore.open('postgres');
    clock = new FakeClock();
    network = new ScriptedNetwork(clock);
    network.answer = (callback) => answered(isOfNow(callback) ? 204 : 401);
    right = new EngineRun(store, clock, network);
    machine = new FakeMachine(clock);
    await right.pass(10);
  });

  afterEach(async () => {
    const stopped = Promise.all([right.stop(), wrong.stop()]);
    await right.pass(20_000);
    await stopped;
    await store.close();
  });

  const isOfNow = ({ headers }: SentCallback): boolean =>
    Math.abs(Number(headers['webhook-timestamp']) - clock.now() / 1_000) <= ALLOWED_S;

  it.each([HOUR_MS, -HOUR_MS])(
    'is %i ms off: the other one sends, whoever prepares, and nothing dies',
    async (aheadMs) => {
      machine.aheadMs = aheadMs;
      wrong = new EngineRun(store, clock, network, {}, machine);
      await store.subscribe();
      for (let second = 0; second < 40; second += 1) {
        for (const run of [wrong, right]) await run.arrives(`order-${second % 5}`);
        await right.pass(1_000);
      }
      await right.pass(15_000);
      expect(network.sent.every(isOfNow)).toBe(true);
      expect(new Set((await store.deliveries()).map(({ status }) => status))).toEqual(new Set(['delivered']));
      for (let order = 0; order < 5; order += 1) {
        const sequences = network.sent.filter(({ subject }) => subject === `order/order-${order}`);
        expect(sequences.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
      }
      expect(wrong.verdicts.at(-1)).toMatchObject({ kind: 'differs', byMs: aheadMs, othersAgree: true });
    },
  );

  it('goes wrong and right again: it stands aside and comes back, and all arrives in order', async () => {
    wrong = new EngineRun(store, clock, network, { retryDelaysMs: [1_000, 2_000, 4_000, 8_000, 16_000] }, machine);
    await store.subscribe();
    for (let second = 0; second < 60; second += 1) {
      if (second === 5) machine.aheadMs = HOUR_MS;
      if (second === 35) machine.aheadMs = 0;
      await wrong.arrives(`order-${second % 5}`);
      await right.pass(1_000);
    }
    await right.pass(60_000);
    expect(new Set((await store.deliveries()).map(({ status }) => status))).toEqual(new Set(['delivered']));
    for (let order = 0; order < 5; order += 1) {
      const ofOrder = network.sent.filter((sent) => isOfNow(sent) && sent.subject === `order/order-${order}`);
      const firsts = [...new Set(ofOrder.map(({ sequence }) => sequence))];
      expect(firsts).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    }
    expect(wrong.verdicts.at(-1)).toEqual({ kind: 'agrees' });
    await right.stop();
    network.sent.length = 0;
    await wrong.arrives('order-9');
    await wrong.pass(10);
    expect(network.sent).toHaveLength(1);
  });

  it('that is slow does not hurry the retries that the other has planned', async () => {
    machine.aheadMs = -HOUR_MS;
    wrong = new EngineRun(store, clock, network, {}, machine);
    network.answer = () => answered(500);
    await store.subscribe();
    await right.arrives('order-1');
    const begun = network.sent.length;
    await right.pass(60_000);
    const [first = 0, ...later] = network.sent.slice(begun).map(({ atMs }) => atMs);
    expect(later.map((at) => at - first)).toEqual([1_000, 3_000, 7_000]);
  });

  it('is not the wrong one for all that is known where no other agrees with the server: both send', async () => {
    await right.stop();
    await store.database.unitOfWork.run((tx) => tx.run('UPDATE clock_mark SET agreed_at = 0'));
    const serverTime = () => clock.now() + HOUR_MS;
    right = new EngineRun(store, clock, network, {}, undefined, serverTime);
    wrong = new EngineRun(store, clock, network, {}, machine, serverTime);
    await store.subscribe();
    for (const run of [right, wrong]) await run.arrives('order-1');
    await right.pass(5_000);
    expect((await store.deliveries()).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    expect(right.verdicts.at(-1)).toEqual({ kind: 'differs', byMs: -HOUR_MS, othersAgree: false });
  });
});

it.each(dialects)('the clock of a database on %s is the time, or there is none', async (dialect) => {
  const store = await DeliveryStore.open(dialect);
  const before = Date.now();
  const time = await new SqlDatabaseClock(store.database.queries, dialect).now();
  if (dialect === 'sqlite') expect(time).toBeUndefined();
  else {
    expect(time).toBeGreaterThanOrEqual(before - 1_000);
    expect(time).toBeLessThanOrEqual(Date.now() + 1_000);
  }
  await store.close();
});
