import {
  type DeadLetterDetail,
  type DeadLetterPage,
  type DeadLetterQueue,
  type LetterFilter,
  MAX_LETTERS_EXAMINED,
} from '@holdfast/contracts';
import { type ConsumeMessage } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { deadLetterQueueOf } from '../topology.js';
import { type Letter, letterOf, matches } from './letter.js';
import { detailOf, viewOf } from './letter-detail.js';
import { LetterWindow, readyIn } from './letter-window.js';
import { type Turns } from './turns.js';

/** How long a caller is kept waiting for others who look at the same queue. */
export const PATIENCE_MS = 5_000;

/** Looks at the letters of one queue and leaves them as they are. */
export class LetterReader {
  constructor(
    private readonly connection: BrokerConnection,
    private readonly turns: Turns,
    private readonly queue: DeadLetterQueue,
  ) {}

  /** Letters in the queue. It waits for its turn as others do: those that somebody holds are not among the ready ones. */
  depth(): Promise<number> {
    return this.turns.take(PATIENCE_MS, () => readyIn(this.connection, deadLetterQueueOf(this.queue)));
  }

  /** The letters behind the one that `cursor` names; from the first where that is gone, so that none is passed over. */
  async list(where: LetterFilter, limit: number, cursor: string | undefined): Promise<DeadLetterPage> {
    const { depth, letters } = await this.survey();
    const behind = letters.slice(letters.findIndex(({ id }) => id === cursor) + 1);
    const found = behind.filter((letter) => matches(where, letter));
    const page = found.slice(0, limit);
    return {
      data: page.map(viewOf),
      nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
      depth,
      examined: letters.length,
      byReason: countByReason(letters),
    };
  }

  /** How many letters an act on all that match is about. */
  async count(where: LetterFilter): Promise<number> {
    const { depth, letters } = await this.survey();
    return Object.keys(where).length === 0 ? depth : letters.filter((letter) => matches(where, letter)).length;
  }

  async get(id: string): Promise<DeadLetterDetail | undefined> {
    const { letters } = await this.look((message) => (letterOf(message).id === id ? detailOf(message) : undefined));
    return letters.find((letter) => letter !== undefined);
  }

  private survey(): Promise<{ depth: number; letters: Letter[] }> {
    return this.look(letterOf);
  }

  private look<Kept>(keep: (message: ConsumeMessage) => Kept): Promise<{ depth: number; letters: Kept[] }> {
    return this.turns.take(PATIENCE_MS, async () => {
      const window = await LetterWindow.open(
        this.connection,
        deadLetterQueueOf(this.queue),
        MAX_LETTERS_EXAMINED,
        keep,
      );
      await window.close();
      return { depth: window.depth, letters: window.letters.map(({ kept }) => kept) };
    });
  }
}

function countByReason(letters: readonly Letter[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of letters) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}
