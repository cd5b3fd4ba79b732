import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { BodyOptional, requireNoFields } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { deliveriesQueryOf, deliveryIdOf } from './delivery-requests.js';
import { webhookIdOf } from './webhook-requests.js';

/** What was sent to subscribers, and what is still to be sent. */
@Controller()
export class DeliveriesController {
  constructor(private readonly backend: Backend) {}

  @Get('webhooks/:id/deliveries')
  async list(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const webhookId = webhookIdOf(id);
    const query = { caller: principalOf(request), webhookId, ...deliveriesQueryOf(request.query) };
    reply.send(await this.backend.ask('deliveries.list', query, originOf(request)));
  }

  @Get('deliveries/:id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = { caller: principalOf(request), deliveryId: deliveryIdOf(id) };
    reply.send(await this.backend.ask('deliveries.get', query, originOf(request)));
  }

  /** Sends one again that has come to its end. */
  @Post('deliveries/:id/retry')
  @BodyOptional()
  async retry(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command = { caller: principalOf(request), deliveryId: deliveryIdOf(id), ...keyOf(request) };
    requireNoFields(request.body);
    const { value, replayed } = await this.backend.askOnce('deliveries.retry', command, originOf(request));
    tellReplayed(reply, replayed).code(202).send(value);
  }
}
