import { join } from 'node:path';
import { Environment } from './environment.js';
import { Part } from './parts.js';

type Row = readonly [label: string, text: string];

/** What the announcement says of callbacks: where to subscribe, where they may go, and what the subscribers do with them. */
export function callbackRows(environment: Environment, subscribed: readonly Part[], gatewayUrl: string): Row[] {
  const rows: Row[] = [['Webhooks', `${gatewayUrl}/webhooks, see docs/webhook-events.md; ${reach(environment)}`]];
  for (const { name } of subscribed) {
    if (name === 'logger') rows.push(['Logger', loggerText(environment)]);
    if (name === 'notifier') rows.push(['Notifier', notifierText(environment)]);
  }
  return rows;
}

function reach({ WEBHOOK_ALLOW_HTTP, WEBHOOK_ALLOWED_NETWORKS }: Environment): string {
  const schemes = WEBHOOK_ALLOW_HTTP === 'true' ? 'http and https' : 'https';
  const networks = WEBHOOK_ALLOWED_NETWORKS ? `, also to ${WEBHOOK_ALLOWED_NETWORKS}` : '';
  return `callbacks go out by ${schemes}${networks}`;
}

function loggerText({ SUPABASE_URL, DATA_DIR = '' }: Environment): string {
  return `stores every event in ${SUPABASE_URL === undefined ? join(DATA_DIR, 'logger.db') : 'Supabase'}`;
}

function notifierText({ TELEGRAM_BOT_TOKEN }: Environment): string {
  return TELEGRAM_BOT_TOKEN === undefined
    ? 'prints its messages here, because TELEGRAM_BOT_TOKEN is not set'
    : 'sends its messages to Telegram';
}
