/** One message: an event as one chat is told of it. */
export interface MessageKey {
  eventId: string;
  chat: string;
}

/**
 * `claimed`: yours to send, `token` proves it. `finished`: it was sent, or refused for good, before. `taken`: another delivery
 * of the same event is sending it.
 */
export type Claim = { state: 'claimed'; token: string } | { state: 'finished' } | { state: 'taken' };

export type FinishedAs = 'sent' | 'refused';

/**
 * Remembers which messages are sent, and lets one delivery at a time send one. A claim that is neither finished nor released,
 * since its holder crashed, ends by itself after {@link CLAIM_MS}. Methods throw StoreUnavailableError.
 */
export interface Claims {
  claim(key: MessageKey): Promise<Claim>;
  finish(key: MessageKey, as: FinishedAs): Promise<void>;
  /** Gives up a claim; one that has ended and is another's by now is left alone. */
  release(key: MessageKey, token: string): Promise<void>;
}

/**
 * Longer than a holder needs (3 s to claim, 8 s for Telegram, 3 s to finish) and shorter than the publisher's first five
 * retries (1 + 2 + 4 + 8 + 16 s, each up to 20 % less), so that a crash costs no message.
 */
export const CLAIM_MS = 20_000;
