import { type ServiceName } from '@holdfast/testing';

/** Everything that is seen at one moment. */
export interface Look {
  /** By the history's clock. */
  atMs: number;
  processes: readonly ProcessLook[];
  /** undefined where RabbitMQ gave no answer. */
  broker: BrokerLook | undefined;
  /** Orders that were accepted so far. */
  acceptedOrders: number;
}

export interface ProcessLook {
  /** Unique; RabbitMQ knows its connections by it. */
  name: string;
  service: ServiceName;
  state: 'runs' | 'stands still' | 'is down' | 'has ended by itself';
  /** What its readiness says; undefined where it gave no answer. */
  ready: boolean | undefined;
  /** Resident; 0 where it does not run. */
  memoryMb: number;
  /** The last line that it printed, where it has ended by itself. */
  lastLine?: string;
}

export interface BrokerLook {
  queues: readonly QueueLook[];
  consumers: readonly ConsumerLook[];
}

export interface QueueLook {
  name: string;
  /** Ready, or in the hands of consumers. */
  messages: number;
  consumers: number;
  /** Messages that consumers have ever been done with; begins anew with the node. */
  done: number;
}

export interface ConsumerLook {
  queue: string;
  /** Name of the process. */
  process: string;
  /** False while it stands by: of a queue with a single active consumer, another one has the turn. */
  active: boolean;
}
