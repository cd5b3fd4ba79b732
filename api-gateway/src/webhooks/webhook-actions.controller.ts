import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { BodyOptional, requireNoFields } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { sendSecret, sendWebhook } from './send-webhook.js';
import { replayOf, rotationOf, webhookIdOf } from './webhook-requests.js';

// A subscriber has 15 s from connect to the end of its answer; the rest is for the way there and back.
const TEST_TIMEOUT_MS = 20_000;

/** What can be done with a subscription besides changing what it says. */
@Controller('webhooks/:id')
export class WebhookActionsController {
  constructor(private readonly backend: Backend) {}

  @Post('rotate-secret')
  @HttpCode(200)
  @BodyOptional()
  async rotateSecret(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rotation = { ...refOf(id, request), ...rotationOf(request.body) };
    sendSecret(reply, await this.backend.ask('webhooks.rotateSecret', rotation, originOf(request)));
  }

  /** Sends a `webhook.test` now, and answers with what came of it. */
  @Post('test')
  @HttpCode(200)
  @BodyOptional()
  async test(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const webhook = refOf(id, request);
    requireNoFields(request.body);
    reply.send(await this.backend.ask('webhooks.test', webhook, originOf(request), TEST_TIMEOUT_MS));
  }

  /** Sends what was held while it was disabled, oldest first, and what comes. */
  @Post('enable')
  @HttpCode(200)
  @BodyOptional()
  async enable(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const webhook = refOf(id, request);
    requireNoFields(request.body);
    sendWebhook(reply, await this.backend.ask('webhooks.enable', webhook, originOf(request)));
  }

  /** Holds its events from now on. */
  @Post('disable')
  @HttpCode(200)
  @BodyOptional()
  async disable(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const webhook = refOf(id, request);
    requireNoFields(request.body);
    sendWebhook(reply, await this.backend.ask('webhooks.disable', webhook, originOf(request)));
  }

  /** Sends the events of a span of time again, or counts them. */
  @Post('replay')
  async replay(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const replay = { ...refOf(id, request), ...replayOf(request.body) };
    const result = await this.backend.ask('webhooks.replay', replay, originOf(request));
    reply.code(result.dryRun ? 200 : 202).send(result);
  }
}

const refOf = (id: string, request: FastifyRequest) => ({
  caller: principalOf(request),
  webhookId: webhookIdOf(id),
});
