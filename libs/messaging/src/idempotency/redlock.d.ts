// redlock 5 ships its types outside its `exports` map, where NodeNext does not find them.
declare module 'redlock' {
  import { type Redis } from 'ioredis';

  export class ResourceLockedError extends Error {}

  export interface ExecutionStats {
    readonly votesAgainst: Map<Redis, Error>;
  }

  export class ExecutionError extends Error {
    readonly attempts: readonly Promise<ExecutionStats>[];
  }

  export class Lock {
    readonly resources: string[];
    readonly value: string;
    release(): Promise<unknown>;
  }

  export default class Redlock {
    constructor(clients: Redis[], settings?: { retryCount?: number; driftFactor?: number });
    /** Takes all resources or none. `duration` in milliseconds. */
    acquire(resources: string[], duration: number): Promise<Lock>;
  }
}
