import 'reflect-metadata';
import { join } from 'node:path';
import {
  act,
  answerRepeats,
  CreateEventLogAndInbox1700000000000,
  inOrder,
  MessageConsumer,
  type MessageContext,
  OnEvent,
  once,
  ownKey,
  query,
  ServiceRuntime,
} from '@holdfast/messaging';
import { type CheckResult, type DatabaseLocation, sqlTypes, type Transaction } from '@holdfast/platform';
import { newDataDir } from '@holdfast/testing';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, MessagePattern, type MicroserviceOptions, Payload } from '@nestjs/microservices';
import { pino } from 'pino';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

class CreateNotes1700000000001 implements MigrationInterface {
  readonly name = 'CreateNotes1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE notes (id ${sqlTypes(runner).id}, message_id TEXT NOT NULL, guard TEXT NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

/** What a handler does besides taking its note: fails, waits, gives an answer. Runs after the note is taken. */
export type Behaviour = (data: unknown, context: MessageContext) => unknown;

/** A row for every time that a message had its effect. */
export interface Note {
  messageId: string;
  guard: string;
}

const behaviours = new WeakMap<object, Behaviour>();

@MessageConsumer()
class NotesConsumer {
  @MessagePattern('orders.create', ownKey)
  create(@Payload() data: unknown, @Ctx() context: MessageContext): Promise<unknown> {
    return this.takeNote('own-key', data, context);
  }

  @OnEvent('product.stockReserved', once)
  stockReserved(@Payload() data: unknown, @Ctx() context: MessageContext): Promise<unknown> {
    return this.takeNote('once', data, context);
  }

  @OnEvent('product.reserveStock', answerRepeats)
  reserveStock(@Payload() data: unknown, @Ctx() context: MessageContext): Promise<unknown> {
    return this.takeNote('answer-repeats', data, context);
  }

  @OnEvent(
    'order.created',
    inOrder<{ orderId: string }>(({ orderId }) => orderId),
  )
  created(@Payload() data: unknown, @Ctx() context: MessageContext): Promise<unknown> {
    return this.takeNote('in-order', data, context);
  }

  @MessagePattern('orders.get', query)
  async get(@Payload() data: unknown, @Ctx() context: MessageContext): Promise<unknown> {
    return behaviours.get(this)?.(data, context);
  }

  @MessagePattern('orders.timeline', act)
  async act(@Payload() data: unknown, @Ctx() context: MessageContext): Promise<unknown> {
    return behaviours.get(this)?.(data, context);
  }

  private async takeNote(guard: string, data: unknown, context: MessageContext): Promise<unknown> {
    await note(context.tx, { messageId: context.origin.messageId, guard });
    return behaviours.get(this)?.(data, context);
  }
}

@Module({ controllers: [NotesConsumer] })
class NotesModule {}

async function note(tx: Transaction, { messageId, guard }: Note): Promise<void> {
  await tx.run('INSERT INTO notes (message_id, guard) VALUES (?, ?)', [messageId, guard]);
}

export interface NoteTakerOptions {
  /** As `AMQP_URL` has it: several are separated by commas. */
  amqpUrl: string;
  redisUrl: string;
  /** How long it waits for Redis; long, for tests that count what Redis has known. */
  redisTimeoutMs?: number;
  /** Of another one, to go on with its database or to share it; otherwise a new SQLite file. */
  location?: DatabaseLocation;
  prefetch?: number;
}

/**
 * A small service on everything that the real ones stand on: the pipeline, the event log, a database. Its handlers note
 * in their transaction that a message had its effect, and then do what the test wants.
 */
export class NoteTaker {
  private drained: Promise<void> | undefined;
  private closed: Promise<void> | undefined;

  private constructor(
    readonly runtime: ServiceRuntime,
    private readonly app: INestMicroservice,
    /** What it has logged: JSON lines, as an operator reads them. */
    readonly logs: readonly string[],
  ) {}

  static async start(options: NoteTakerOptions): Promise<NoteTaker> {
    const taker = await NoteTaker.prepare(options);
    await taker.listen();
    return taker;
  }

  /** Everything but listening: with the broker away that would wait for it. */
  static async prepare({
    amqpUrl,
    redisUrl,
    redisTimeoutMs = 30_000,
    location = { dialect: 'sqlite', file: join(newDataDir(), 'notes.db') },
    prefetch = 50,
  }: NoteTakerOptions): Promise<NoteTaker> {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
    const runtime = await ServiceRuntime.open({
      name: 'notes',
      amqpUrls: amqpUrl.split(','),
      redisUrl,
      redisTimeoutMs,
      database: {
        location,
        entities: [],
        migrations: [CreateEventLogAndInbox1700000000000, CreateNotes1700000000001],
      },
      consumes: [
        { queue: 'orders_queue', prefetch },
        { queue: 'orders_queries', prefetch },
      ],
      commands: ['products_queue'],
      logger,
    });
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(NotesModule, {
      strategy: runtime.server,
      logger: false,
    });
    return new NoteTaker(runtime, app, lines);
  }

  async listen(): Promise<void> {
    await this.app.listen();
  }

  /** From now on handlers do this after they took their note. */
  behave(behaviour: Behaviour): void {
    behaviours.set(this.app.get(NotesConsumer), behaviour);
  }

  /** What is committed, in order. */
  async notes(messageId?: string): Promise<Note[]> {
    const notes = await this.runtime.queries.all<Note>(
      'SELECT message_id AS "messageId", guard FROM notes ORDER BY id',
    );
    return messageId === undefined ? notes : notes.filter((note) => note.messageId === messageId);
  }

  check(name: string): CheckResult['status'] | undefined {
    return this.runtime.health.report().checks[name]?.status;
  }

  get ready(): boolean {
    return this.runtime.health.report().status === 'ready';
  }

  /** Finishes what is in flight and stops taking messages; the rest goes on. */
  drain(): Promise<void> {
    this.drained ??= this.app.close();
    return this.drained;
  }

  close(): Promise<void> {
    this.closed ??= this.drain().then(() => this.runtime.close());
    return this.closed;
  }
}
