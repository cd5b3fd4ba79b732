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
import { type FastifyRequest } from 'fastify';
import { type Answered, Backend, type Origin } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { originOf } from '../http/origin.js';
import { queueOf } from './dead-letter-requests.js';

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
type DataOf<Operation extends DeadLetterOperation> = MessageData<PatternOf<Operation>>;

/** The services behind the gateway, each asked about the dead letters of its own queue. */
export class DeadLetterBackend {
  constructor(private readonly backend: Backend) {}

  /** @throws ProblemError as {@link Backend.ask} does. */
  async ask<Operation extends DeadLetterOperation>(
    queue: DeadLetterQueue,
    operation: Operation,
    data: DataOf<Operation>,
    origin: Origin,
  ): Promise<Answered<Answers[Operation]>> {
    const pattern = `${deadLetterServices[queue]}.deadLetters.${operation}` as PatternOf<Operation>;
    return (await this.backend.askOnce(pattern, data, origin)) as Answered<Answers[Operation]>;
  }

  /**
   * Asks what the maker of a request wants to know, or have done.
   *
   * @param queue as the path names it.
   * @param say reads the rest of the request, once it is known that there is such a queue.
   * @throws ProblemError NOT_FOUND where there is none, what `say` throws, and as {@link Backend.ask} does.
   */
  askFor<Operation extends DeadLetterOperation>(
    request: FastifyRequest,
    queue: string,
    operation: Operation,
    say: () => Omit<DataOf<Operation>, 'caller'>,
  ): Promise<Answered<Answers[Operation]>> {
    const of = queueOf(queue);
    const data = { caller: principalOf(request), ...say() } as unknown as DataOf<Operation>;
    return this.ask(of, operation, data, originOf(request));
  }
}
