import { type Transaction } from '@holdfast/platform';

/**
 * Stores that a consumer has taken a message, in the transaction that does the message's work: both are committed or
 * neither is.
 *
 * @returns false when the consumer has taken it before.
 */
export async function enterInbox(tx: Transaction, messageId: string, consumer: string): Promise<boolean> {
  const changed = await tx.run(
    'INSERT INTO inbox (message_id, consumer, processed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    [messageId, consumer, Date.now()],
  );
  return changed === 1;
}
