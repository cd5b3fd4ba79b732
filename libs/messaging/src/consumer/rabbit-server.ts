import { type QueueName } from '@holdfast/contracts';
import {
  type CheckResult,
  type HealthRegistry,
  type Logger,
  type ReadFault,
  type UnitOfWork,
} from '@holdfast/platform';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { firstValueFrom, isObservable } from 'rxjs';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { type Publisher } from '../broker/publisher.js';
import { type IdempotencyGate } from '../idempotency/idempotency-gate.js';
import { type ConsumerMetrics } from './consumer.metrics.js';
import { FailureLane } from './failure-lane.js';
import { optionsOf } from './handler-options.js';
import { type MessageContext } from './message-context.js';
import { ConsumerPipeline, type RegisteredHandler } from './pipeline.js';
import { QueueConsumer } from './queue-consumer.js';
import { type Replier } from './replier.js';

export interface RabbitServerOptions {
  /** The service's name. */
  consumer: string;
  queues: readonly { queue: QueueName; prefetch: number }[];
  connection: BrokerConnection;
  publisher: Publisher;
  replier: Replier;
  gate: IdempotencyGate;
  unitOfWork: UnitOfWork;
  readFault: ReadFault;
  health: HealthRegistry;
  metrics: ConsumerMetrics;
  logger: Logger;
}

const NOT_STARTED: CheckResult = { status: 'down', detail: 'not started yet' };

/**
 * Nest's side of the consumer pipeline: handlers stay ordinary `@MessagePattern` and `@EventPattern` methods. Nest's own
 * RabbitMQ server acks before the work by default, freezes when a handler throws, and loses what it cannot read.
 */
export class RabbitServer extends Server implements CustomTransportStrategy {
  private readonly consumers = new Map<QueueName, QueueConsumer>();

  constructor(private readonly options: RabbitServerOptions) {
    super();
    // Before there is a consumer too: a service that is asked early must not say that it is ready.
    for (const { queue } of options.queues) {
      options.health.register(queue, () => this.consumers.get(queue)?.health() ?? NOT_STARTED);
    }
  }

  /** Starts consuming; calls back when every queue is declared and has its consumer. */
  listen(callback: (error?: unknown) => void): void {
    const handlers = this.registered();
    for (const { queue, prefetch } of this.options.queues) {
      this.consumers.set(queue, this.startConsumer(queue, prefetch, handlers));
    }
    Promise.all([...this.consumers.values()].map((consumer) => consumer.ready())).then(() => callback(), callback);
  }

  /** Finishes what is in flight and closes the consuming channels. */
  async close(): Promise<void> {
    await Promise.all([...this.consumers.values()].map((consumer) => consumer.drain()));
  }

  on(): void {
    throw new Error('this transport has no events to listen to; watch its health checks instead');
  }

  unwrap<T>(): T {
    return this.options.connection as T;
  }

  private registered(): Map<string, RegisteredHandler> {
    return new Map(
      [...this.messageHandlers].map(([pattern, handler]) => [
        pattern,
        {
          options: optionsOf(pattern, handler.extras),
          handle: async (data: unknown, context: MessageContext) => {
            const result: unknown = await handler(data, context);
            return isObservable(result) ? firstValueFrom(result, { defaultValue: undefined }) : result;
          },
        },
      ]),
    );
  }

  private startConsumer(queue: QueueName, prefetch: number, handlers: Map<string, RegisteredHandler>): QueueConsumer {
    const { connection, publisher, logger, ...rest } = this.options;
    const failures = new FailureLane(queue, publisher, logger);
    const pipeline = new ConsumerPipeline({ ...rest, queue, handlers, failures, logger });
    rest.health.register(`${queue} (progress)`, () => pipeline.health());
    const consumer = new QueueConsumer({
      connection,
      queue,
      prefetch,
      logger,
      process: (message, lost) => pipeline.process(message, lost),
    });
    rest.metrics.watchBusy(queue, () => consumer.busy);
    return consumer;
  }
}
