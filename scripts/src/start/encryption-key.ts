import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Environment } from './environment.js';
import { keep, readKept } from './kept-file.js';

/** AES-256. */
const KEY_BYTES = 32;

/**
 * WEBHOOK_ENCRYPTION_KEY, or else the key kept in `DATA_DIR/webhook-encryption-key`, made there at first start. Whoever
 * loses it loses the secrets of all webhooks.
 */
export function provideEncryptionKey(environment: Environment, dataDir: string): string {
  if (environment.WEBHOOK_ENCRYPTION_KEY !== undefined) return environment.WEBHOOK_ENCRYPTION_KEY;
  const file = join(dataDir, 'webhook-encryption-key');
  const kept = readKept(file);
  if (kept !== undefined) return kept;
  const made = randomBytes(KEY_BYTES).toString('base64');
  keep(file, made);
  return made;
}
