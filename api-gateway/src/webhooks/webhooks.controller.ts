import { Controller, Delete, Get, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { etagOf } from '../http/etag.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { conditionOf } from '../http/if-match.js';
import { BodyOptional, requireNoFields } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { sendConditionally } from '../http/send-conditionally.js';
import { sendSecret, sendWebhook } from './send-webhook.js';
import { webhookChangesOf, webhookIdOf, webhookSettingsOf, webhooksQueryOf } from './webhook-requests.js';

/** Subscriptions to callbacks. Whose they are is for the service to say: it is told who asks. */
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly backend: Backend) {}

  /** Subscribes. Besides a rotation this is the only answer that shows the secret. */
  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const subscription = { caller: principalOf(request), ...keyOf(request), ...webhookSettingsOf(request.body) };
    const { webhook, replayed } = await this.backend.ask('webhooks.create', subscription, originOf(request));
    sendSecret(tellReplayed(reply, replayed).code(201).header('location', `/webhooks/${webhook.id}`), webhook);
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = { caller: principalOf(request), ...webhooksQueryOf(request.query) };
    reply.send(await this.backend.ask('webhooks.list', query, originOf(request)));
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = { caller: principalOf(request), webhookId: webhookIdOf(id) };
    const webhook = await this.backend.ask('webhooks.get', query, originOf(request));
    sendConditionally(request, reply, webhook, etagOf(webhook));
  }

  /** Changes what the body names, if the subscription is still what `If-Match` says. */
  @Patch(':id')
  async update(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const change = {
      caller: principalOf(request),
      webhookId: webhookIdOf(id),
      ...conditionOf(request.headers['if-match']),
      changes: webhookChangesOf(request.body),
    };
    sendWebhook(reply, await this.backend.ask('webhooks.update', change, originOf(request)));
  }

  /** Ends it, if it is still what `If-Match` says. */
  @Delete(':id')
  @BodyOptional()
  async delete(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command = {
      caller: principalOf(request),
      webhookId: webhookIdOf(id),
      ...conditionOf(request.headers['if-match']),
    };
    requireNoFields(request.body);
    await this.backend.ask('webhooks.delete', command, originOf(request));
    reply.code(204).send();
  }
}
