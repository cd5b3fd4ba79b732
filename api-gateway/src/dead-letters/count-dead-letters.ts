import { type Caller, type DeadLetterQueue, deadLetterQueueSchema, deadLetterQueues, newId } from '@holdfast/contracts';
import { z } from 'zod';
import { type Origin } from '../backend.js';
import { ProblemError } from '../http/problem.js';
import { type DeadLetterBackend } from './dead-letter-backend.js';

const UNAVAILABLE = ['BROKER_UNAVAILABLE', 'OVERLOADED', 'ANSWER_TIMEOUT'] as const;

/** How many dead letters a queue has; nulls where its service does not say. */
export const deadLetterCountSchema = z.object({
  queue: deadLetterQueueSchema,
  depth: z.number().int().min(0).nullable().describe('letters in the queue'),
  examined: z.number().int().min(0).nullable().describe('how many of them, from the oldest on, were looked at'),
  byReason: z.record(z.string(), z.number().int()).describe('how many of those examined are dead for what reason'),
  unavailable: z.enum(UNAVAILABLE).nullable().describe('why the service of this queue does not say'),
});
export type DeadLetterCount = z.infer<typeof deadLetterCountSchema>;

/** Counts the dead letters of every queue. A service that is down is just what an operator wants to see the others beside. */
export class CountDeadLetters {
  constructor(private readonly backend: DeadLetterBackend) {}

  execute(caller: Caller, origin: Origin): Promise<DeadLetterCount[]> {
    return Promise.all(deadLetterQueues.map((queue) => this.count(queue, caller, origin)));
  }

  private async count(queue: DeadLetterQueue, caller: Caller, origin: Origin): Promise<DeadLetterCount> {
    try {
      const query = { caller, where: {}, limit: 1 };
      // Requests are told apart by their ids, and these are three.
      const { value: page } = await this.backend.ask(queue, 'list', query, { ...origin, requestId: newId() });
      return { queue, depth: page.depth, examined: page.examined, byReason: page.byReason, unavailable: null };
    } catch (error) {
      const unavailable = error instanceof ProblemError && UNAVAILABLE.find((code) => code === error.code);
      if (!unavailable) throw error;
      return { queue, depth: null, examined: null, byReason: {}, unavailable };
    }
  }
}
