import { type Logger, messageOf } from '@holdfast/platform';
import { type SigningKey, signingKeyOf } from '../../domain/signature.js';
import { type SecretBox, type StoredSubscription } from '../ports.js';

/** Opened secrets that are kept; beyond that the memory starts afresh. */
const MAX_KEYS = 10_000;

/** The keys that sign, opened once: decrypting costs more than signing. */
export class SigningKeys {
  private readonly opened = new Map<string, SigningKey>();

  constructor(
    private readonly secrets: SecretBox,
    private readonly logger: Logger,
  ) {}

  /**
   * Newest first: two while an old secret lives on. None where the newest cannot be opened, so that nothing can be signed;
   * an old one that cannot be opened is left out.
   */
  of({ id, secret, previousSecret, previousSecretUntil }: StoredSubscription, now: number): SigningKey[] {
    const newest = this.open(secret, id);
    if (!newest) return [];
    const lives = previousSecret !== null && (previousSecretUntil ?? 0) > now;
    const previous = lives ? this.open(previousSecret, id) : undefined;
    return previous ? [newest, previous] : [newest];
  }

  private open(sealed: string, subscriptionId: string): SigningKey | undefined {
    const known = this.opened.get(sealed);
    if (known) return known;
    try {
      const key = signingKeyOf(this.secrets.open(sealed, subscriptionId));
      if (this.opened.size >= MAX_KEYS) this.opened.clear();
      this.opened.set(sealed, key);
      return key;
    } catch (error) {
      this.logger.error({ subscriptionId, reason: messageOf(error) }, 'a secret of a subscription cannot be opened');
      return undefined;
    }
  }
}
