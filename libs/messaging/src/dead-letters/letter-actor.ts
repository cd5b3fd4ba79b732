import { type DeadLetterQueue, type LetterAction, newId } from '@holdfast/contracts';
import { messageOf, PermanentError, TransientError } from '@holdfast/platform';
import { type ConsumeMessage } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { type Publisher } from '../broker/publisher.js';
import { deadLetterQueueOf } from '../topology.js';
import { type NotedLetter } from './act.js';
import { type Letter, letterOf } from './letter.js';
import { LetterWindow } from './letter-window.js';
import { redrivenMessage, redrivenWithoutHeaders } from './redriven-message.js';

// Those that are acted on in one step are in memory together, until RabbitMQ has confirmed them.
const MAX_STEP_BYTES = 16_000_000;

/** Which letters a step acts on: the first `atMost` that are `chosen` among the oldest `examined`. */
export interface Choice {
  chosen: (letter: Letter) => boolean;
  examined: number;
  atMost: number;
}

export interface Step {
  action: LetterAction;
  actId: string;
  choice: Choice;
  /** Notes the letters before anything is done with them; false calls the step off. */
  note: (letters: readonly NotedLetter[]) => Promise<boolean>;
  /** Notes what has become of them, by the ids of their notes. */
  settle: (done: readonly string[], kept: readonly string[]) => Promise<void>;
}

export interface StepResult {
  /** How many letters it acted on, or tried to. */
  picked: number;
  /** Letters in the queue that were not looked at. */
  beyond: number;
  /** Why some of them are still where they were. */
  fault: TransientError | undefined;
}

interface Picked {
  message: ConsumeMessage;
  note: NotedLetter;
}

/** Acts on a few letters at once: notes them, sends them back where that is asked for, and only then takes them away. */
export class LetterActor {
  constructor(
    private readonly connection: BrokerConnection,
    private readonly publisher: Pick<Publisher, 'publish'>,
    private readonly queue: DeadLetterQueue,
  ) {}

  /**
   * A letter that is sent back is acked after RabbitMQ has confirmed the message: a crash in between leaves both, and the
   * consumer knows the second of them by its id.
   *
   * @throws TransientError OUTCOME_UNKNOWN when RabbitMQ was lost between the confirms and the end of the acks.
   */
  async step(step: Step): Promise<StepResult> {
    const { examined } = step.choice;
    const window = await LetterWindow.open(
      this.connection,
      deadLetterQueueOf(this.queue),
      examined,
      pickerOf(step.choice),
    );
    try {
      const held = window.letters.filter((letter) => letter.kept !== undefined);
      const picked = held.flatMap(({ kept }) => kept ?? []);
      const beyond = window.depth - window.letters.length;
      const notes = picked.map(({ note }) => note);
      if (picked.length === 0 || !(await step.note(notes))) return { picked: 0, beyond, fault: undefined };
      const faults = await this.perform(step, picked);
      await takeAway(
        window,
        held.filter((_, place) => !faults[place]),
      );
      await step.settle(
        idsWhere(notes, (place) => !faults[place]),
        idsWhere(notes, (place) => isKept(faults[place])),
      );
      return { picked: picked.length, beyond, fault: faults.find((fault) => fault !== undefined) };
    } finally {
      await window.close().catch(() => undefined);
    }
  }

  /** What went wrong with each letter, if anything. */
  private async perform({ action, actId }: Step, picked: readonly Picked[]): Promise<(TransientError | undefined)[]> {
    if (action === 'discard') return picked.map(() => undefined);
    return Promise.all(picked.map(({ message }) => this.sendBack(message, actId)));
  }

  private async sendBack(message: ConsumeMessage, actId: string): Promise<TransientError | undefined> {
    try {
      await this.publisher.publish(redrivenMessage(message, this.queue, actId));
      return undefined;
    } catch (error) {
      if (error instanceof TransientError) return error;
      if (!(error instanceof PermanentError)) throw error;
      return this.sendBackBare(message, actId);
    }
  }

  /** Headers that amqplib cannot write again, because a client has sent more of them than it would. */
  private async sendBackBare(message: ConsumeMessage, actId: string): Promise<TransientError | undefined> {
    try {
      await this.publisher.publish(redrivenWithoutHeaders(message, this.queue, actId));
      return undefined;
    } catch (error) {
      return error instanceof TransientError ? error : new TransientError('UNPUBLISHABLE', messageOf(error));
    }
  }
}

function pickerOf({ chosen, atMost }: Choice): (message: ConsumeMessage) => Picked | undefined {
  let count = 0;
  let bytes = 0;
  return (message) => {
    if (count === atMost || (count > 0 && bytes + message.content.length > MAX_STEP_BYTES)) return undefined;
    const letter = letterOf(message);
    if (!chosen(letter)) return undefined;
    count += 1;
    bytes += message.content.length;
    const { id: letterId, messageId, pattern, reason } = letter;
    return { message, note: { id: newId(), letterId, messageId, pattern, reason } };
  };
}

async function takeAway<Kept>(window: LetterWindow<Kept>, held: LetterWindow<Kept>['letters']): Promise<void> {
  try {
    for (const letter of held) window.ack(letter);
    await window.close();
  } catch (cause) {
    throw new TransientError('OUTCOME_UNKNOWN', 'lost RabbitMQ before it could say that the letters are gone', {
      cause,
    });
  }
}

/** Whether the message is certainly not in its queue: without a confirm nobody knows. */
const isKept = (fault: TransientError | undefined): boolean => fault !== undefined && fault.code !== 'PUBLISH_UNKNOWN';

const idsWhere = (notes: readonly NotedLetter[], holds: (place: number) => boolean): string[] =>
  notes.filter((_, place) => holds(place)).map(({ id }) => id);
