import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { conditionOf } from '../http/if-match.js';
import { BodyOptional, requireNoFields } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { sendSecret, sendWebhook } from './send-webhook.js';
import { replayOf, rotationOf, webhookIdOf } from './webhook-requests.js';

// A subscriber has 15 s from connect to the end of its answer; the rest is for the way there and back.
const TEST_TIMEOUT_MS = 20_000;

/**
 * What can be done with a subscription besides changing what it says: each once, however often it is asked for with one
 * `Idempotency-Key`.
 */
@Controller('webhooks/:id')
export class WebhookActionsController {
  constructor(private readonly backend: Backend) {}

  /** Gives it a new secret, if it is still what `If-Match` says. */
  @Post('rotate-secret')
  @HttpCode(200)
  @BodyOptional()
  async rotateSecret(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rotation = { ...seenRefOf(id, request), ...rotationOf(request.body) };
    const { value, replayed } = await this.backend.askOnce('webhooks.rotateSecret', rotation, originOf(request));
    sendSecret(tellReplayed(reply, replayed), value);
  }

  /** Sends a `webhook.test` now, and answers with what came of it. */
  @Post('test')
  @HttpCode(200)
  @BodyOptional()
  async test(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const webhook = refOf(id, request);
    requireNoFields(request.body);
    const test = await this.backend.askOnce('webhooks.test', webhook, originOf(request), TEST_TIMEOUT_MS);
    tellReplayed(reply, test.replayed).send(test.value);
  }

  /** Sends what was held while it was disabled, oldest first, and what comes; if it is still what `If-Match` says. */
  @Post('enable')
  @HttpCode(200)
  @BodyOptional()
  enable(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.switch('webhooks.enable', id, request, reply);
  }

  /** Holds its events from now on, if it is still what `If-Match` says. */
  @Post('disable')
  @HttpCode(200)
  @BodyOptional()
  disable(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.switch('webhooks.disable', id, request, reply);
  }

  /** Sends the events of a span of time again, or counts them. */
  @Post('replay')
  async replay(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const replay = { ...refOf(id, request), ...replayOf(request.body) };
    const { value, replayed } = await this.backend.askOnce('webhooks.replay', replay, originOf(request));
    tellReplayed(reply, replayed)
      .code(value.dryRun ? 200 : 202)
      .send(value);
  }

  private async switch(
    pattern: 'webhooks.enable' | 'webhooks.disable',
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const webhook = seenRefOf(id, request);
    requireNoFields(request.body);
    const { value, replayed } = await this.backend.askOnce(pattern, webhook, originOf(request));
    sendWebhook(tellReplayed(reply, replayed), value);
  }
}

const refOf = (id: string, request: FastifyRequest) => ({
  caller: principalOf(request),
  webhookId: webhookIdOf(id),
  ...keyOf(request),
});

const seenRefOf = (id: string, request: FastifyRequest) => ({
  ...refOf(id, request),
  ...conditionOf(request.headers['if-match']),
});
