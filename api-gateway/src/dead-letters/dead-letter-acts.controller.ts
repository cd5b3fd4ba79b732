import { type DeadLetterAct } from '@holdfast/contracts';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { OperatorOnly, principalOf } from '../http/authentication.js';
import { BodyOptional } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { DeadLetterBackend } from './dead-letter-backend.js';
import { actIdOf, actsQueryOf, discardAllOf, queueOf, redriveAllOf } from './dead-letter-requests.js';

/** What operators do with all dead letters of a queue at once, and what they have done. */
@Controller('dead-letters/:queue')
export class DeadLetterActsController {
  constructor(private readonly backend: DeadLetterBackend) {}

  /** Begins to send back all that match. */
  @Post('redrive')
  @OperatorOnly()
  @BodyOptional()
  async redriveAll(
    @Param('queue') queue: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = queueOf(queue);
    const command = { caller: principalOf(request), ...redriveAllOf(request.body) };
    sendBegun(reply, await this.backend.ask(of, 'redrive', command, originOf(request)));
  }

  /** Begins to end all that match for good. */
  @Post('discard')
  @OperatorOnly()
  async discardAll(
    @Param('queue') queue: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = queueOf(queue);
    const command = { caller: principalOf(request), ...discardAllOf(request.body) };
    sendBegun(reply, await this.backend.ask(of, 'discard', command, originOf(request)));
  }

  /** Newest first. */
  @Get('acts')
  @OperatorOnly()
  async list(@Param('queue') queue: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const of = queueOf(queue);
    const query = { caller: principalOf(request), ...actsQueryOf(request.query) };
    reply.send(await this.backend.ask(of, 'acts', query, originOf(request)));
  }

  /** One, with the letters that it acted on; while it is under way, how far it has come. */
  @Get('acts/:actId')
  @OperatorOnly()
  async show(
    @Param('queue') queue: string,
    @Param('actId') actId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = queueOf(queue);
    const query = { caller: principalOf(request), actId: actIdOf(actId), ...actsQueryOf(request.query) };
    reply.send(await this.backend.ask(of, 'act', query, originOf(request)));
  }
}

function sendBegun(reply: FastifyReply, act: DeadLetterAct): void {
  reply
    .code(202)
    .header('location', `/dead-letters/${act.queue}/acts/${encodeURIComponent(act.id)}`)
    .send(act);
}
