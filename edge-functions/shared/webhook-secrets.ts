import { type ConfigurationReader } from './configuration.ts';

const PREFIX = 'whsec_';
// Standard Webhooks: a symmetric secret has 24 to 64 bytes.
const MIN_BYTES = 24;
const MAX_BYTES = 64;

/**
 * The keys of the secrets that callbacks are signed with: those in `<part>_WEBHOOK_SECRET`, else those in `WEBHOOK_SECRET`.
 * Several, separated by spaces or commas, while one takes over from the other. The functions of a Supabase project share
 * their variables, so each needs a name of its own.
 */
export function readWebhookSecrets(
  reader: ConfigurationReader,
  part: 'LOGGER' | 'NOTIFIER',
): Uint8Array<ArrayBuffer>[] {
  const own = `${part}_WEBHOOK_SECRET`;
  const name = reader.optional(own) === undefined ? 'WEBHOOK_SECRET' : own;
  const secrets = (reader.optional(name) ?? '').split(/[\s,]+/).filter((secret) => secret !== '');
  if (secrets.length === 0) {
    reader.reject(`set ${own} or WEBHOOK_SECRET to the secret that POST /webhooks answered with (${PREFIX}…)`);
  }
  return secrets.flatMap((secret) => {
    const key = keyOf(secret);
    if (key === undefined) reader.reject(`${name} must be ${PREFIX} and base64 of ${MIN_BYTES} to ${MAX_BYTES} bytes`);
    return key ?? [];
  });
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> | undefined {
  if (!secret.startsWith(PREFIX)) return undefined;
  const key = bytesOfBase64(secret.slice(PREFIX.length));
  return key !== undefined && key.length >= MIN_BYTES && key.length <= MAX_BYTES ? key : undefined;
}

/** The bytes that a base64 text stands for, undefined for any other text. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
