import { SoleProcessLock, type Transaction, TransientError, type UnitOfWork } from '@holdfast/platform';
import fc from 'fast-check';
import { type OutgoingMessage, type Publisher } from '../broker/publisher.js';
import { type EventLogReader, type LoggedEvent } from './event-log.reader.js';
import { Relay } from './relay.js';

interface Publication {
  id: string;
  confirm: () => void;
  fail: () => void;
}

/** A broker whose confirms come when and as the test says. A real one has no such patience. */
class SlowBroker {
  /** Ids in the order of publication. */
  readonly published: string[] = [];
  readonly confirmed = new Set<string>();
  private open: Publication[] = [];
  ready = true;

  publish({ properties: { messageId: id } }: OutgoingMessage): Promise<void> {
    this.published.push(id);
    return new Promise((resolve, reject) => {
      const confirm = () => {
        this.confirmed.add(id);
        resolve();
      };
      this.open.push({
        id,
        confirm,
        fail: () => reject(new TransientError('PUBLISH_UNKNOWN', `no confirm for ${id}`)),
      });
    });
  }

  get waiting(): number {
    return this.open.length;
  }

  /** Settles the nth of what waits, counted round and round. */
  settle(nth: number, outcome: 'confirm' | 'fail'): void {
    const [publication] = this.open.splice(nth % this.open.length, 1);
    publication?.[outcome]();
  }

  /** Breaks the connection: nothing that waits is confirmed any more. */
  cut(): void {
    for (const publication of this.open.splice(0)) publication.fail();
  }
}

/** The log and the stored position, in memory. */
class Log {
  readonly events: LoggedEvent[] = [];
  /** Positions that are to be published again. */
  again: number[] = [];
  stored = 0;
  /** What others commit once the log has been read, before anything else is. */
  afterTheLook: () => void = () => undefined;

  append(count: number): void {
    for (let added = 0; added < count; added += 1) {
      const position = this.events.length + 1;
      const metadata = '{"correlationId":"c","causationId":"m"}';
      this.events.push({
        position,
        id: `e-${position}`,
        type: 'order.created',
        payload: '{}',
        metadata,
        occurredAt: 0,
      });
    }
  }

  get reader(): EventLogReader {
    const reader: Pick<EventLogReader, 'after' | 'republications' | 'relayed' | 'waiting'> = {
      waiting: false,
      after: async (position, limit) => {
        const read = this.events.slice(position, position + limit);
        this.afterTheLook();
        return read;
      },
      republications: async (_limit, upTo) =>
        this.again
          .filter((position) => !(position > upTo))
          .flatMap((position) =>
            this.events.slice(position - 1, position).map((event) => ({ request: position, event })),
          ),
      relayed: async () => this.stored,
    };
    return reader as EventLogReader;
  }

  get unitOfWork(): UnitOfWork {
    const tx: Pick<Transaction, 'run'> = {
      run: async (sql, [position]: readonly unknown[] = []) => {
        if (sql.startsWith('DELETE')) this.again = this.again.filter((request) => request !== position);
        else this.stored = Math.max(this.stored, Number(position));
        return 1;
      },
    };
    return { run: (work) => work(tx as Transaction) };
  }
}

const silent = { warn: () => undefined };

const relayOf = (log: Log, broker: SlowBroker): Relay =>
  new Relay(log.reader, broker as unknown as Publisher, log.unitOfWork, new SoleProcessLock(), silent as never);

const turn = () => new Promise(setImmediate);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

describe('the relay', () => {
  it('never counts an event as published before it and all before it are confirmed, in whatever order confirms come', async () => {
    // Runs of neighbours, so that whole batches are confirmed before others.
    const run = fc.record({ nth: fc.nat(600), length: fc.integer({ min: 1, max: 300 }) });
    const confirms = fc.array(run, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), confirms, async (count, order) => {
        const [log, broker] = [new Log(), new SlowBroker()];
        log.append(count);
        const relay = relayOf(log, broker);
        await relay.start();
        await until(() => broker.published.length === count);
        for (const { nth, length } of order) {
          for (let step = 0; step < length && broker.waiting > 0; step += 1) broker.settle(nth, 'confirm');
          await turn();
          const unconfirmed = log.events.find(({ id }) => !broker.confirmed.has(id));
          expect(relay.position).toBeLessThan(unconfirmed?.position ?? count + 1);
        }
        while (broker.waiting > 0) broker.settle(0, 'confirm');
        await relay.stop();
        expect(log.stored).toBe(count);
        expect(broker.published).toEqual(log.events.map(({ id }) => id));
      }),
      { numRuns: 30 },
    );
  });

  it('publishes nothing again before the broker has it and all before it', async () => {
    const [log, broker] = [new Log(), new SlowBroker()];
    // Committed, and asked for again, between the relay's look at the log and its look at what is to be published again.
    log.afterTheLook = () => {
      log.afterTheLook = () => undefined;
      log.append(2);
      log.again.push(2);
    };
    const relay = relayOf(log, broker);
    await relay.start();
    await until(() => {
      while (broker.waiting > 0) broker.settle(0, 'confirm');
      relay.wake();
      return broker.published.length === 3;
    });
    expect(broker.published).toEqual(['e-1', 'e-2', 'e-2']);
    while (broker.waiting > 0) broker.settle(0, 'confirm');
    await relay.stop();
    expect(log.again).toEqual([]);
  });

  it('passes over nothing whose confirm failed, although later ones were confirmed', async () => {
    const [log, broker] = [new Log(), new SlowBroker()];
    // Three batches.
    log.append(450);
    const relay = relayOf(log, broker);
    await relay.start();
    await until(() => broker.published.length === 450);
    broker.settle(0, 'fail');
    while (broker.waiting > 0) broker.settle(0, 'confirm');
    await turn();
    expect(relay.position).toBe(0);
    await relay.stop();
    expect(log.stored).toBe(0);
  });

  it('goes on after a restart with the first event that was not confirmed', async () => {
    const [log, broker] = [new Log(), new SlowBroker()];
    log.append(450);
    const relay = relayOf(log, broker);
    await relay.start();
    await until(() => broker.published.length === 450);
    for (let count = 0; count < 200; count += 1) broker.settle(0, 'confirm');
    await until(() => relay.position === 200);
    broker.cut();
    await relay.stop();

    const other = new SlowBroker();
    const next = relayOf(log, other);
    await next.start();
    await until(() => other.waiting === 250);
    while (other.waiting > 0) other.settle(0, 'confirm');
    await next.stop();
    expect(other.published).toEqual(log.events.slice(200).map(({ id }) => id));
    expect(log.stored).toBe(450);
  });
});
