import {
  type ActDetail,
  type ActPage,
  type DeadLetterAct,
  type DeadLetterDetail,
  type DeadLetterOperation,
  type DeadLetterPage,
  type DeadLetterQueue,
  deadLetterServices,
  type MessageData,
} from '@holdfast/contracts';
import { Backend, type Origin } from '../backend.js';

/** What each operation is answered with, by whichever service. */
interface Answers extends Record<DeadLetterOperation, unknown> {
  list: DeadLetterPage;
  get: DeadLetterDetail;
  redrive: DeadLetterAct;
  discard: DeadLetterAct;
  acts: ActPage;
  act: ActDetail;
}

// The operations have the same data in every service; the type is that of one of them.
type PatternOf<Operation extends DeadLetterOperation> = `orders.deadLetters.${Operation}`;

/** The services behind the gateway, each asked about the dead letters of its own queue. */
export class DeadLetterBackend {
  constructor(private readonly backend: Backend) {}

  /** @throws ProblemError as {@link Backend.ask} does. */
  async ask<Operation extends DeadLetterOperation>(
    queue: DeadLetterQueue,
    operation: Operation,
    data: MessageData<PatternOf<Operation>>,
    origin: Origin,
  ): Promise<Answers[Operation]> {
    const pattern = `${deadLetterServices[queue]}.deadLetters.${operation}` as PatternOf<Operation>;
    return (await this.backend.ask(pattern, data, origin)) as Answers[Operation];
  }
}
