import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { type ActDetail, type DeadLetterAct, type DeadLetterPage, newId, type Reply } from '@holdfast/contracts';
import {
  BrokerConnection,
  CreateDeadLetterActs1700000000100,
  DeadLetterDesk,
  type DeadLetterDeskParts,
  declareTopology,
  KeyDeadLetterActs1700000000101,
  Publisher,
} from '@holdfast/messaging';
import { type Database, type Dialect } from '@holdfast/platform';
import {
  type AmqpProbe,
  openProbe,
  TcpProxy,
  type TestBroker,
  TestDatabase,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { type Options } from 'amqplib';
import { pino } from 'pino';

export const QUEUE = 'orders_queue';
export const DLQ = 'orders_queue.dlq';

export const OPS = { role: 'operator', clientId: 'ops' } as const;

const logger = pino({ level: 'silent' });

/** A queue with dead letters on the run's RabbitMQ, which nobody consumes, and desks that look after them. */
export class DeskSuite {
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(
    readonly broker: TestBroker,
    readonly probe: AmqpProbe,
    /** What the desks look through; publishing goes past it. */
    readonly line: TcpProxy,
    private readonly testDatabase: TestDatabase,
  ) {}

  static async start(dialect: Dialect = 'sqlite'): Promise<DeskSuite> {
    const broker = await testBroker();
    const probe = await openProbe(broker.url);
    await declareTopology(probe.raw);
    return new DeskSuite(broker, probe, await TcpProxy.open(broker.url), await TestDatabase.create(dialect));
  }

  /** One more desk, as another instance of the service has it, or the same one after a restart. */
  async openDesk(overrides: Partial<DeadLetterDeskParts> = {}): Promise<OpenDesk> {
    const migrations = [CreateDeadLetterActs1700000000100, KeyDeadLetterActs1700000000101];
    const database = await this.testDatabase.open({ entities: [], migrations });
    const connection = new BrokerConnection({ urls: [this.line.url], name: 'desk', logger });
    const publishing = new BrokerConnection({ urls: [this.broker.url], name: 'desk publishes', logger });
    const publisher = new Publisher(publishing, 'redriven dead letters', async () => undefined);
    const desk = new DeadLetterDesk({ queue: QUEUE, connection, publisher, database, logger, ...overrides });
    await waitUntil('the desk is connected', () => connection.connected && publisher.ready);
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= desk.stop().then(async () => {
        await connection.close();
        await publishing.close();
        await database.close();
      });
      return closed;
    };
    this.closers.push(close);
    return { desk, database, publisher, connection, close };
  }

  /** Puts a letter into the dead-letter queue as the pipeline does; resolves to its message id. */
  async die(letter: { body?: unknown; reason?: string } & Options.Publish = {}): Promise<string> {
    const { body = { pattern: 'orders.melt', data: {} }, reason = 'unknown-pattern', headers, ...properties } = letter;
    const messageId = properties.messageId ?? newId();
    await this.probe.publish(DLQ, body, {
      persistent: true,
      ...properties,
      messageId,
      headers: {
        'x-dead-letter-reason': reason,
        'x-dead-letter-detail': 'a sentence on why',
        'x-dead-letter-queue': QUEUE,
        'x-dead-letter-at': '2026-01-05T09:30:00.000Z',
        ...headers,
      },
    });
    return messageId;
  }

  /** So many letters, in order; resolves to their message ids. */
  async dieInOrder(count: number, reason?: (place: number) => string): Promise<string[]> {
    const ids: string[] = [];
    for (let place = 0; place < count; place += 1) {
      ids.push(
        await this.die({ body: { pattern: 'orders.melt', data: { place } }, ...(reason && { reason: reason(place) }) }),
      );
    }
    return ids;
  }

  /** Takes everything out of a queue; resolves to the message ids in their order. */
  async drain(queue: string): Promise<(string | undefined)[]> {
    const ids: (string | undefined)[] = [];
    for (let seen = await this.probe.take(queue); seen; seen = await this.probe.take(queue)) ids.push(seen.messageId);
    return ids;
  }

  /** Brings back a queue that a test has deleted, with its bindings. */
  declareAgain(): Promise<void> {
    return declareTopology(this.probe.raw);
  }

  /** The queues are as empty as they were. */
  async reset(): Promise<void> {
    await this.declareAgain();
    await this.probe.raw.purgeQueue(QUEUE);
    await this.probe.raw.purgeQueue(DLQ);
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
    await this.testDatabase.close();
    await this.line.close();
    await this.probe.close();
    await this.broker.close();
  }
}

export interface OpenDesk {
  desk: DeadLetterDesk;
  database: Database;
  publisher: Publisher;
  connection: BrokerConnection;
  close(): Promise<void>;
}

/** What a reply grants; a refusal fails the test. */
export async function granted<T>(reply: Promise<Reply<T>>): Promise<T> {
  const answer = await reply;
  if (!answer.ok) throw new Error(`refused: ${answer.error.code} ${answer.error.detail}`);
  return answer.value;
}

export const codeOf = async (reply: Promise<Reply<unknown>>): Promise<string> => {
  const answer = await reply;
  return answer.ok ? 'ok' : answer.error.code;
};

export const listed = (desk: DeadLetterDesk, request: object = {}): Promise<DeadLetterPage> =>
  granted(desk.list({ where: {}, limit: 100, ...request }));

/** Message ids in the order in which the desk lists them. */
export const idsListed = async (desk: DeadLetterDesk): Promise<string[]> =>
  (await listed(desk)).data.map(({ messageId }) => messageId);

/** The desk's id of the letter with this message id. */
export async function letterIdOf(desk: DeadLetterDesk, messageId: string): Promise<string> {
  const letter = (await listed(desk)).data.find((one) => one.messageId === messageId);
  if (!letter) throw new Error(`no letter ${messageId} is listed`);
  return letter.id;
}

export const actOf = async (desk: DeadLetterDesk, actId: string): Promise<ActDetail> =>
  granted(desk.showAct({ actId, limit: 100 }));

/** An act once it has come to an end. */
export const ended = (desk: DeadLetterDesk, actId: string): Promise<DeadLetterAct> =>
  waitUntil(`act ${actId} has ended`, async () => {
    const { act } = await actOf(desk, actId);
    return act.state !== 'running' && act;
  });

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
