import { type DeadLetterAct } from '@holdfast/contracts';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answered } from '../backend.js';
import { OperatorOnly } from '../http/authentication.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { BodyOptional } from '../http/optional-body.js';
import { DeadLetterBackend } from './dead-letter-backend.js';
import { actIdOf, actsQueryOf, discardAllOf, redriveAllOf } from './dead-letter-requests.js';

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
    const command = () => ({ ...keyOf(request), ...redriveAllOf(request.body) });
    sendBegun(reply, await this.backend.askFor(request, queue, 'redrive', command));
  }

  /** Begins to end all that match for good. */
  @Post('discard')
  @OperatorOnly()
  async discardAll(
    @Param('queue') queue: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const command = () => ({ ...keyOf(request), ...discardAllOf(request.body) });
    sendBegun(reply, await this.backend.askFor(request, queue, 'discard', command));
  }

  /** Newest first. */
  @Get('acts')
  @OperatorOnly()
  async list(@Param('queue') queue: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const page = await this.backend.askFor(request, queue, 'acts', () => actsQueryOf(request.query));
    reply.send(page.value);
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
    const query = () => ({ actId: actIdOf(actId), ...actsQueryOf(request.query) });
    reply.send((await this.backend.askFor(request, queue, 'act', query)).value);
  }
}

function sendBegun(reply: FastifyReply, { value: act, replayed }: Answered<DeadLetterAct>): void {
  tellReplayed(reply, replayed)
    .code(202)
    .header('location', `/dead-letters/${act.queue}/acts/${encodeURIComponent(act.id)}`)
    .send(act);
}
