import { CLAIM_MS, type Claim, type Claims, type FinishedAs, type MessageKey } from './claims.ts';

const MAX_REMEMBERED = 10_000;

type Entry = { finishedAs: FinishedAs } | { token: string; until: number };

/**
 * Claims in memory, the newest 10,000: enough against retries that follow each other, but a restart forgets them.
 *
 * @param now Unix milliseconds.
 */
export class MemoryClaims implements Claims {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async claim(key: MessageKey): Promise<Claim> {
    const entry = this.#entries.get(nameOf(key));
    if (entry && 'finishedAs' in entry) return { state: 'finished' };
    if (entry && entry.until >= this.#now()) return { state: 'taken' };
    const token = crypto.randomUUID();
    this.#remember(key, { token, until: this.#now() + CLAIM_MS });
    return { state: 'claimed', token };
  }

  async finish(key: MessageKey, as: FinishedAs): Promise<void> {
    this.#remember(key, { finishedAs: as });
  }

  async release(key: MessageKey, token: string): Promise<void> {
    const entry = this.#entries.get(nameOf(key));
    if (entry && 'token' in entry && entry.token === token) this.#entries.delete(nameOf(key));
  }

  #remember(key: MessageKey, entry: Entry): void {
    const name = nameOf(key);
    // Removed first, so that it goes to the end: a Map keeps the order of insertion, and the oldest leaves.
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_REMEMBERED && oldest !== undefined) this.#entries.delete(oldest);
  }
}

const nameOf = ({ eventId, chat }: MessageKey): string => `${chat} ${eventId}`;
