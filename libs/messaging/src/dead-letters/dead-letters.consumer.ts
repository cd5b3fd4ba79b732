import {
  type ActDetail,
  type ActPage,
  type Caller,
  type DeadLetterAct,
  type DeadLetterDetail,
  type DeadLetterPage,
  type DeadLetterService,
  type DiscardLetters,
  type ErrorCode,
  type GetAct,
  type GetDeadLetter,
  type ListActs,
  type ListDeadLetters,
  type RedriveLetters,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { TransientError } from '@holdfast/platform';
import { type Type } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { act, query } from '../consumer/handler-options.js';
import { MessageConsumer } from '../consumer/message-consumer.decorator.js';
import { MessageContext } from '../consumer/message-context.js';
import { DeadLetterDesk } from './dead-letter-desk.js';

const FAULTS: Record<string, { code: ErrorCode; detail: string }> = {
  OVERLOADED: { code: 'OVERLOADED', detail: 'Others look at the dead letters of this queue. Try again in a moment.' },
  BROKER_UNAVAILABLE: { code: 'BROKER_UNAVAILABLE', detail: 'RabbitMQ is away; the dead letters are as they were.' },
  UNROUTABLE: { code: 'BROKER_UNAVAILABLE', detail: 'The queue is not there; the letter is still a dead letter.' },
  PUBLISH_UNKNOWN: {
    code: 'ANSWER_TIMEOUT',
    detail: 'It may have been sent back, and is still a dead letter as well.',
  },
  OUTCOME_UNKNOWN: {
    code: 'ANSWER_TIMEOUT',
    detail: 'It may have been done. Look at the list whether the letter is there.',
  },
};

/**
 * The messages by which a service is asked about its dead letters, as a Nest controller that wants a
 * {@link DeadLetterDesk}. They are questions to the pipeline: nothing retries an act, and no transaction is open while the
 * broker is spoken to.
 */
export function deadLettersConsumer(service: DeadLetterService): Type<object> {
  @MessageConsumer()
  class DeadLettersConsumer {
    constructor(private readonly desk: DeadLetterDesk) {}

    @MessagePattern(`${service}.deadLetters.list`, query)
    list(@Payload() request: ListDeadLetters): Promise<Reply<DeadLetterPage>> {
      return forOperators(request, () => this.desk.list(request));
    }

    @MessagePattern(`${service}.deadLetters.get`, query)
    get(@Payload() request: GetDeadLetter): Promise<Reply<DeadLetterDetail>> {
      return forOperators(request, () => this.desk.get(request));
    }

    @MessagePattern(`${service}.deadLetters.redrive`, act)
    redrive(@Payload() request: RedriveLetters, @Ctx() context: MessageContext): Promise<Reply<DeadLetterAct>> {
      return forOperators(request, () => this.desk.redrive(request, context.origin.messageId));
    }

    @MessagePattern(`${service}.deadLetters.discard`, act)
    discard(@Payload() request: DiscardLetters, @Ctx() context: MessageContext): Promise<Reply<DeadLetterAct>> {
      return forOperators(request, () => this.desk.discard(request, context.origin.messageId));
    }

    @MessagePattern(`${service}.deadLetters.acts`, query)
    acts(@Payload() request: ListActs): Promise<Reply<ActPage>> {
      return forOperators(request, () => this.desk.listActs(request));
    }

    @MessagePattern(`${service}.deadLetters.act`, query)
    act(@Payload() request: GetAct): Promise<Reply<ActDetail>> {
      return forOperators(request, () => this.desk.showAct(request));
    }
  }
  return DeadLettersConsumer;
}

async function forOperators<T>({ caller }: { caller: Caller }, work: () => Promise<Reply<T>>): Promise<Reply<T>> {
  if (caller.role !== 'operator') return refused('FORBIDDEN', 'Dead letters are for operators.');
  try {
    return await work();
  } catch (error) {
    const fault = error instanceof TransientError ? FAULTS[error.code] : undefined;
    if (!fault) throw error;
    return refused(fault.code, fault.detail);
  }
}
