import { type Transaction } from '@holdfast/platform';
import { BaseRpcContext } from '@nestjs/microservices';

/** Where a message comes from, for logs, for the events it causes and for whoever follows an order through the system. */
export interface MessageOrigin {
  messageId: string;
  /** The same for everything that one request set in motion. */
  correlationId: string;
  traceparent: string | undefined;
  /** Unix milliseconds: when what the message tells of happened. */
  occurredAt: number;
}

/** Second argument of every handler. */
export class MessageContext extends BaseRpcContext<[MessageOrigin]> {
  private readonly afterwards: (() => void)[] = [];

  constructor(
    readonly origin: MessageOrigin,
    private readonly transaction: Transaction | undefined,
  ) {
    super([origin]);
  }

  /** The transaction that this message is handled in: inbox row, state changes and new events are committed together. */
  get tx(): Transaction {
    if (!this.transaction) throw new Error('a query has no transaction');
    return this.transaction;
  }

  /** Has `work` done once the transaction is committed; not where it is rolled back. */
  afterCommit(work: () => void): void {
    this.afterwards.push(work);
  }

  /** For the pipeline, after the commit. */
  committed(): void {
    for (const work of this.afterwards) work();
  }
}
