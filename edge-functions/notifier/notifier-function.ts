import { ConfigurationReader, type Environment } from '../shared/configuration.ts';
import { createLog } from '../shared/log.ts';
import { type WebHandler } from '../shared/or-misconfigured.ts';
import { readSupabaseAccess } from '../shared/supabase-access.ts';
import { readWebhookSecrets } from '../shared/webhook-secrets.ts';
import { type Claims } from './claims.ts';
import { MemoryClaims } from './memory-claims.ts';
import { readNotifierConfig } from './notifier-config.ts';
import { notifierHandler } from './notifier-handler.ts';
import { printingSender } from './printing.sender.ts';
import { SupabaseClaims } from './supabase-claims.ts';
import { TelegramSender } from './telegram.sender.ts';

// With 3 s before and after for the records, below the 15 s that the publisher gives a callback.
const TELEGRAM_TIMEOUT_MS = 8_000;

/**
 * The notifier as its environment describes it.
 *
 * @param openLocalClaims what remembers the messages where there is no Supabase; without it, memory.
 * @throws ConfigurationError
 */
export function createNotifier(env: Environment, openLocalClaims?: () => Claims): WebHandler {
  const reader = new ConfigurationReader(env);
  const log = createLog('notifier', reader.logLevel());
  const keys = readWebhookSecrets(reader, 'NOTIFIER');
  const supabase = readSupabaseAccess(reader);
  const { language, recipients, telegram } = reader.finish(readNotifierConfig(reader));

  const now = Date.now;
  const sender = telegram
    ? new TelegramSender({ ...telegram, timeoutMs: TELEGRAM_TIMEOUT_MS, log })
    : printingSender((line) => console.info(line));
  if (!telegram) log.info('TELEGRAM_BOT_TOKEN is not set: messages are printed here');
  const claims = supabase ? new SupabaseClaims(supabase, now) : (openLocalClaims?.() ?? new MemoryClaims(now));
  return notifierHandler({ keys, recipients, language, sender, claims, now, log });
}
