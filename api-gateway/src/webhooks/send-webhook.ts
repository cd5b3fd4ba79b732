import { type WebhookView, type WebhookWithSecret } from '@holdfast/contracts';
import { type FastifyReply } from 'fastify';
import { etagOf } from '../http/etag.js';

/** Sends a subscription as a change has left it, with the validator that the next change may be held against. */
export function sendWebhook(reply: FastifyReply, webhook: WebhookView): void {
  reply.header('etag', etagOf(webhook)).send(webhook);
}

/** Sends a subscription with its secret, which no cache on the way may keep. */
export function sendSecret(reply: FastifyReply, webhook: WebhookWithSecret): void {
  sendWebhook(reply.header('cache-control', 'no-store'), webhook);
}
