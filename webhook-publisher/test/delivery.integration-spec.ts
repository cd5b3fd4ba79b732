import { newId } from '@holdfast/contracts';
import { createLogger, type UnitOfWork } from '@holdfast/platform';
import { dialects, waitUntil } from '@holdfast/testing';
import { Webhook } from 'standardwebhooks';
import { DueWatch } from '../src/app/delivery/due-watch.js';
import { Lanes } from '../src/app/delivery/lanes.js';
import { LeaseKeeper } from '../src/app/delivery/lease-keeper.js';
import { newSecret } from '../src/domain/signature.js';
import { SqlDeliveryRepository } from '../src/outbound/sql-delivery.repository.js';
import { SqlDueSubscriptions } from '../src/outbound/sql-due.subscriptions.js';
import { SqlEndpointNotes } from '../src/outbound/sql-endpoint.notes.js';
import { answered, DeliveryStore, EngineRun, hung, ScriptedNetwork } from './engine.harness.js';
import { FakeClock } from './fake-clock.js';

const HOUR_MS = 3_600_000;

describe.each(dialects)('delivery on %s', (dialect) => {
  let store: DeliveryStore;
  let clock: FakeClock;
  let network: ScriptedNetwork;
  let run: EngineRun;

  beforeEach(async () => {
    store = await DeliveryStore.open(dialect);
    clock = new FakeClock();
    network = new ScriptedNetwork(clock);
    run = new EngineRun(store, clock, network);
  });

  afterEach(async () => {
    const stopped = run.stop();
    await run.pass(20_000);
    await stopped;
    await store.close();
  });

  const sentIds = () => network.sent.map(({ id }) => id);
  const statuses = async (subject?: string) => (await store.deliveries(subject)).map(({ status }) => status);

  describe('a delivery', () => {
    it('goes out at once, signed, and is recorded', async () => {
      const { url, id } = await store.subscribe();
      const eventId = await run.arrives('order-1');
      await run.pass(10);
      expect(network.sent).toMatchObject([
        { url, id: eventId, type: 'order.created', subject: 'order/order-1', sequence: 1, previousEventId: null },
      ]);
      expect(network.sent[0]?.headers).toMatchObject({ 'webhook-id': eventId });
      expect(await store.deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }]);
      expect(await store.countOf('attempts')).toBe(1);
      expect((await store.find(id)).failingSince).toBeNull();
    });

    it('is tried again after 1, 2 and 4 s under the same id, then is dead', async () => {
      await store.subscribe();
      network.answer = () => answered(500);
      const eventId = await run.arrives('order-1');
      await run.pass(60_000);
      expect(network.sent.map(({ atMs }) => atMs)).toEqual([0, 1_000, 3_000, 7_000]);
      expect(new Set(sentIds())).toEqual(new Set([eventId]));
      expect(await store.deliveries()).toMatchObject([{ status: 'dead', attempts: 4 }]);
    });

    it.each([301, 302, 307, 308, 400, 404])('has failed with an answer %i', async (status) => {
      await store.subscribe();
      network.answer = () => answered(status);
      await run.arrives('order-1');
      await run.pass(10);
      expect(await store.deliveries()).toMatchObject([{ status: 'pending', attempts: 1 }]);
    });

    it('loses no retry to a restart in the middle of its schedule', async () => {
      await store.subscribe();
      network.answer = () => answered(500);
      await run.arrives('order-1');
      await run.pass(1_500);
      await run.stop();
      run = new EngineRun(store, clock, network);
      network.answer = () => answered(204);
      await run.pass(60_000);
      expect(network.sent.map(({ atMs }) => atMs)).toEqual([0, 1_000, 3_000]);
      expect(await store.deliveries()).toMatchObject([{ status: 'delivered', attempts: 3 }]);
    });

    it('goes out again, under the same id, when the lease of a worker that was killed while sending ends', async () => {
      await store.subscribe();
      network.answer = () => new Promise(() => undefined);
      const eventId = await run.arrives('order-1');
      await run.pass(100);
      expect(network.sent).toHaveLength(1);
      const heir = new EngineRun(store, clock, network);
      network.answer = () => answered(200);
      await heir.pass(30_000);
      expect(network.sent).toHaveLength(1);
      await heir.pass(10_000);
      expect(sentIds()).toEqual([eventId, eventId]);
      expect(await store.deliveries()).toMatchObject([{ status: 'delivered' }]);
      await heir.stop();
      run = heir;
    });

    it('is given back by a stop, and goes out at once at the next start', async () => {
      await store.subscribe();
      network.answer = () => new Promise((resolve) => clock.after(12_000, () => resolve(hung)));
      await run.arrives('order-1');
      await run.pass(100);
      const stopped = run.stop();
      await run.pass(12_000);
      await stopped;
      expect(await store.deliveries()).toMatchObject([{ status: 'pending', attempts: 0 }]);
      network.answer = () => answered(200);
      run = new EngineRun(store, clock, network);
      await run.pass(10);
      expect(await store.deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }]);
    });
  });

  describe('the order of a subject', () => {
    it('is kept by a failing event, which holds back its own subject only', async () => {
      await store.subscribe();
      let down = true;
      network.answer = ({ subject }) => answered(down && subject === 'order/slow' ? 500 : 200);
      const [first, second] = [await run.arrives('slow'), await run.arrives('slow')];
      const other = await run.arrives('quick');
      await run.pass(500);
      expect(sentIds()).toEqual([first, other]);
      expect(await statuses('order/slow')).toEqual(['pending', 'waiting']);
      down = false;
      await run.pass(1_000);
      expect(sentIds()).toEqual([first, other, first, second]);
      expect(network.sent.at(-1)).toMatchObject({ sequence: 2, previousEventId: first });
    });

    it('goes on behind a dead event, and the gap shows', async () => {
      await store.subscribe();
      network.answer = ({ sequence }) => answered(sequence === 1 ? 500 : 200);
      const first = await run.arrives('order-1');
      await run.arrives('order-1');
      await run.pass(7_500);
      expect(await statuses()).toEqual(['dead', 'delivered']);
      expect(network.sent.at(-1)).toMatchObject({ sequence: 2, previousEventId: first });
    });

    it('is not kept where it is not wanted', async () => {
      await store.subscribe({ ordering: 'none' });
      network.answer = ({ sequence }) => answered(sequence === 1 ? 500 : 200);
      await run.arrives('order-1');
      await run.arrives('order-1');
      await run.pass(100);
      expect(await statuses()).toEqual(['pending', 'delivered']);
    });

    it('counts for each subscription by itself', async () => {
      const all = await store.subscribe();
      await run.arrives('order-1');
      const late = await store.subscribe();
      await run.arrives('order-1');
      await run.pass(100);
      const seen = (url: string) => network.sent.filter((callback) => callback.url === url);
      expect(seen(all.url).map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect(seen(late.url)).toMatchObject([{ sequence: 1, previousEventId: null }]);
    });
  });

  describe('an endpoint', () => {
    it('that answers 410 is disabled, its events are held, and its owner is told', async () => {
      const { id } = await store.subscribe();
      network.answer = () => answered(410);
      await run.arrives('order-1');
      await run.arrives('order-2');
      await run.pass(30_000);
      expect(await store.find(id)).toMatchObject({ enabled: false, disabledReason: 'GONE' });
      expect(await statuses()).toEqual(['pending', 'pending']);
      const events = await store.database.queries.all<{ type: string; payload: string }>(
        'SELECT type, payload FROM events',
      );
      expect(events).toHaveLength(1);
      expect(events[0]?.type).toBe('webhook.disabled');
      expect(JSON.parse(events[0]?.payload ?? '')).toMatchObject({ webhookId: id, clientId: 'shop', reason: 'GONE' });
    });

    it('gets what was held for it when it is enabled, oldest first', async () => {
      const { id } = await store.subscribe({ enabled: false, disabledReason: 'REQUESTED' });
      const ids = [];
      for (let order = 0; order < 20; order += 1) {
        ids.push(await run.arrives(`order-${order}`));
        await run.pass(50);
      }
      expect(network.sent).toEqual([]);
      await store.change(id, { enabled: true, disabledReason: null }, clock.now());
      await run.pass(3_000);
      expect(sentIds()).toEqual(ids);
    });

    it.each([429, 503])('that answers %i with Retry-After is left alone as a whole for that long', async (status) => {
      const { id } = await store.subscribe();
      network.answer = () => answered(status, '30');
      await run.arrives('order-1');
      await run.pass(100);
      await run.arrives('order-2');
      await run.pass(20_000);
      expect(network.sent).toHaveLength(1);
      expect((await store.find(id)).heldUntil).toBe(clock.now() - 20_100 + 30_000);
      network.answer = () => answered(200);
      await run.pass(12_000);
      expect(await statuses()).toEqual(['delivered', 'delivered']);
    });

    it.each([
      ['410', answered(410)],
      ['503 with Retry-After', answered(503, '3000')],
    ])('that its owner leaves while it answers %s stops nothing at the next one', async (_name, answer) => {
      const { id, url: left } = await store.subscribe();
      const url = 'https://moved.example.com/callbacks';
      network.answer = async (callback) => {
        if (callback.url !== left) return answered(200);
        await store.change(id, { url }, clock.now());
        return answer;
      };
      await run.arrives('order-1');
      await run.pass(10_000);
      expect(await store.find(id)).toMatchObject({ enabled: true, heldUntil: null });
      expect(network.sent.map((callback) => callback.url)).toEqual([left, url]);
      expect(await statuses()).toEqual(['delivered']);
    });

    it('is held for an hour at most', async () => {
      const { id } = await store.subscribe();
      const begun = clock.now();
      network.answer = () => answered(503, '999999999');
      await run.arrives('order-1');
      await run.pass(10);
      expect((await store.find(id)).heldUntil).toBe(begun + HOUR_MS);
    });

    it('that fails for longer than it may is disabled, and its owner is told', async () => {
      await run.stop();
      run = new EngineRun(store, clock, network, {
        retryDelaysMs: Array<number>(20).fill(10_000),
        disableAfterMs: 60_000,
      });
      const { id } = await store.subscribe();
      network.answer = () => hung;
      await run.arrives('order-1');
      await run.pass(55_000);
      expect(await store.find(id)).toMatchObject({ enabled: true });
      await run.pass(10_000);
      expect(await store.find(id)).toMatchObject({ enabled: false, disabledReason: 'FAILING' });
      expect(await store.countOf('events')).toBe(1);
    });

    it('that answers once in a while is not disabled', async () => {
      await run.stop();
      run = new EngineRun(store, clock, network, { disableAfterMs: 10_000 });
      const { id } = await store.subscribe();
      let attempts = 0;
      network.answer = () => answered(++attempts % 3 === 0 ? 200 : 500);
      for (let order = 0; order < 8; order += 1) {
        await run.arrives(`order-${order}`);
        await run.pass(4_000);
      }
      expect(await store.find(id)).toMatchObject({ enabled: true });
    });

    it('that is down gets an attempt now and then, and its events keep theirs', async () => {
      await store.subscribe();
      network.answer = () => answered(500);
      for (let order = 0; order < 200; order += 1) await run.arrives(`order-${order}`);
      await run.pass(30_000);
      expect(network.sent.length).toBeLessThan(40);
      network.answer = () => answered(200);
      await run.pass(90_000);
      const left = await statuses();
      expect(left.filter((status) => status === 'delivered').length).toBeGreaterThan(190);
      expect(left).not.toContain('pending');
    });

    it('gets no more than its rate', async () => {
      await store.subscribe({ maxPerSecond: 5 });
      for (let order = 0; order < 30; order += 1) await run.arrives(`order-${order}`);
      await run.pass(10_000);
      const perSecond = Array<number>(10).fill(0);
      for (const { atMs } of network.sent)
        perSecond[Math.floor(atMs / 1_000)] = (perSecond[Math.floor(atMs / 1_000)] ?? 0) + 1;
      expect(network.sent).toHaveLength(30);
      expect(Math.max(...perSecond)).toBeLessThanOrEqual(5);
    });
  });

  describe('a secret', () => {
    it('that was rotated signs beside the new one, for as long as both live', async () => {
      const [newest, old] = [newSecret(), newSecret()];
      clock = new FakeClock(Date.now());
      const until = clock.now() + 10_000;
      network = new ScriptedNetwork(clock);
      await run.stop();
      run = new EngineRun(store, clock, network);
      await store.subscribe({ secret: newest, previousSecret: old, previousSecretUntil: until });
      const bodies: string[] = [];
      const send = network.send.bind(network);
      network.send = (request) => {
        bodies.push(request.body);
        return send(request);
      };
      await run.arrives('order-1');
      await run.pass(10);
      const [callback] = network.sent;
      for (const secret of [newest, old]) new Webhook(secret).verify(bodies[0] ?? '', callback?.headers ?? {});
      await run.pass(20_000);
      await run.arrives('order-2');
      await run.pass(10);
      expect(network.sent.at(-1)?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
    });
  });

  describe('fairness', () => {
    it('keeps connections for endpoints that are well, however many hang', async () => {
      for (let dead = 0; dead < 100; dead += 1) await store.subscribe({ url: `https://hangs-${dead}.example.com/` });
      const well = await store.subscribe({ url: 'https://well.example.com/' });
      network.answer = ({ url }) =>
        url === well.url ? answered(200) : new Promise((resolve) => clock.after(15_000, () => resolve(hung)));
      for (let order = 0; order < 20; order += 1) await run.arrives(`order-${order}`);
      // Until every endpoint has had its first attempt.
      await run.pass(60_000);
      for (let order = 20; order < 40; order += 1) {
        await run.arrives(`order-${order}`);
        const begun = clock.now();
        await run.pass(1);
        const mine = network.sent.filter(({ url }) => url === well.url);
        expect(mine.at(-1)?.subject).toBe(`order/order-${order}`);
        expect(clock.now() - begun).toBe(1);
      }
      await run.pass(60_000);
      const { unfinished } = await unfinishedOf(well.id);
      expect(unfinished).toBe(0);
    });

    async function unfinishedOf(subscriptionId: string): Promise<{ unfinished: number }> {
      const [row] = await store.database.queries.all<{ unfinished: number }>(
        'SELECT count(*) AS unfinished FROM deliveries WHERE subscription_id = ? AND finished_at IS NULL',
        [subscriptionId],
      );
      return { unfinished: Number(row?.unfinished) };
    }
  });

  describe("an owner's act", () => {
    it('holds for what is leased already', async () => {
      const { id } = await store.subscribe({ url: 'https://old.example.com/' });
      network.answer = () => new Promise((resolve) => clock.after(1_000, () => resolve(answered(200))));
      for (let order = 0; order < 60; order += 1) await run.arrives(`order-${order}`);
      await run.pass(100);
      const before = network.sent.length;
      await store.change(id, { url: 'https://new.example.com/' }, clock.now());
      run.engine.dispatcher.renew(id);
      await run.pass(60_000);
      expect(network.sent).toHaveLength(60);
      const after = network.sent.slice(before).map(({ url }) => url);
      expect(new Set(after)).toEqual(new Set(['https://new.example.com/']));
    });

    it('of another process is seen at the next look', async () => {
      const { id } = await store.subscribe({ url: 'https://old.example.com/' });
      network.answer = () => new Promise((resolve) => clock.after(700, () => resolve(answered(200))));
      for (let order = 0; order < 60; order += 1) await run.arrives(`order-${order}`);
      await run.pass(100);
      await store.change(id, { enabled: false, disabledReason: 'REQUESTED' }, clock.now());
      await run.pass(2_000);
      const sent = network.sent.length;
      expect(sent).toBeLessThan(60);
      await run.pass(60_000);
      expect(network.sent).toHaveLength(sent);
    });
  });

  describe("another process' change", () => {
    /** The parts that lease and look, where answers to leases are held back until the test lets them through. */
    function watched() {
      let through: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (through = resolve));
      const { unitOfWork, queries } = store.database;
      const late: UnitOfWork = {
        run: async (work) => {
          const done = await unitOfWork.run(work);
          await held;
          return done;
        },
      };
      const logger = createLogger('webhooks', 'silent');
      const lanes = new Lanes(8, clock, () => undefined);
      const leases = new LeaseKeeper(lanes, 35_000, {
        ...{ deliveries: new SqlDeliveryRepository(), unitOfWork: late, clock, logger },
      });
      const watch = new DueWatch(lanes, leases, { due: new SqlDueSubscriptions(queries), clock, logger });
      const lane = (id: string) => lanes.find(id) ?? fail(`no lane of ${id}`);
      return { lanes, leases, watch, through, lane };
    }
    const fail = (why: string): never => {
      throw new Error(why);
    };

    it('before the first look is seen by it', async () => {
      const { id } = await store.subscribe();
      await run.stop();
      await run.arrives('order-1');
      const { lanes, leases, watch, through, lane } = watched();
      through();
      lanes.wake([id]);
      leases.leaseMore(lane(id), clock.elapsed());
      await leases.settled();
      expect(lane(id).held).toHaveLength(1);
      await store.change(id, { url: 'https://new.example.com/' }, clock.now());
      watch.start();
      await waitUntil('it is given back', async () => lane(id).held.length === 0);
      watch.stop();
    });

    it('while something is leased is seen as soon as that is there', async () => {
      const { id } = await store.subscribe();
      await run.stop();
      await run.arrives('order-1');
      const { lanes, leases, watch, through, lane } = watched();
      watch.start();
      await waitUntil('it is found to be due', async () => lanes.find(id) !== undefined);
      leases.leaseMore(lane(id), clock.elapsed());
      await waitUntil('it is leased', async () => (await store.leased()) === 1);
      await store.change(id, { url: 'https://new.example.com/' }, clock.now());
      await run.pass(1_000);
      await waitUntil('the change is seen', async () => lane(id).atLeastVersion === 2);
      watch.stop();
      through();
      await leases.settled();
      expect(lane(id)).toMatchObject({ held: [], mayHaveMore: true });
      leases.leaseMore(lane(id), clock.elapsed());
      await leases.settled();
      expect(lane(id).held).toHaveLength(1);
      expect(lane(id).subscription?.url).toBe('https://new.example.com/');
    });
  });

  describe('what is known of an endpoint', () => {
    it('is what it did last, whichever attempt was stored first', async () => {
      const { id } = await store.subscribe();
      const notes = new SqlEndpointNotes();
      const note = (work: Parameters<typeof store.database.unitOfWork.run>[0]) => store.database.unitOfWork.run(work);
      await note((tx) => notes.answering(tx, id, 2_000));
      await note((tx) => notes.failing(tx, id, 1_000));
      expect((await store.find(id)).failingSince).toBeNull();
      await note((tx) => notes.failing(tx, id, 3_000));
      expect((await store.find(id)).failingSince).toBe(3_000);
      await note((tx) => notes.answering(tx, id, 2_500));
      expect((await store.find(id)).failingSince).toBe(3_000);
      await note((tx) => notes.answering(tx, id, 4_000));
      expect((await store.find(id)).failingSince).toBeNull();
    });

    it('does not put one quick failure beside endpoints that hang', async () => {
      const well = await store.subscribe({ url: 'https://well.example.com/' });
      let attempts = 0;
      network.answer = ({ url }) => {
        if (url === well.url) return answered(attempts++ === 1 ? 500 : 200);
        return new Promise((resolve) => clock.after(15_000, () => resolve(hung)));
      };
      await run.arrives('order-0');
      await run.pass(100);
      for (let dead = 0; dead < 200; dead += 1) await store.subscribe({ url: `https://hangs-${dead}.example.com/` });
      await run.arrives('another', 'shop');
      await run.pass(20_000);
      attempts = 1;
      await run.arrives('order-1');
      await run.pass(10);
      const begun = network.sent.length;
      await run.pass(1_500);
      const again = network.sent.slice(begun).filter(({ url }) => url === well.url);
      expect(again.map(({ subject }) => subject)).toEqual(['order/order-1']);
    });
  });

  describe('two workers', () => {
    it('share what is due and send nothing twice', async () => {
      await store.subscribe();
      const beside = new EngineRun(store, clock, network);
      const ids = [];
      for (let order = 0; order < 100; order += 1) ids.push(await run.arrives(`order-${order % 25}`));
      beside.engine.dispatcher.wake(await store.subscriptionIds());
      await run.pass(5_000);
      expect(sentIds().sort()).toEqual(ids.sort());
      for (let order = 0; order < 25; order += 1) {
        const sequences = network.sent.filter(({ subject }) => subject === `order/order-${order}`);
        expect(sequences.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
      }
      await beside.stop();
    });
  });

  describe('the same event', () => {
    it('goes under one id to every subscriber', async () => {
      await store.subscribe();
      await store.subscribe({ role: 'operator', clientId: 'ops' });
      await store.subscribe({ clientId: 'another-shop' });
      const eventId = await run.arrives('order-1', 'shop', newId());
      await run.pass(10);
      expect(sentIds()).toEqual([eventId, eventId]);
    });
  });
});
