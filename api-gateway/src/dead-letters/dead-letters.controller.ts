import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { OperatorOnly, principalOf } from '../http/authentication.js';
import { BodyOptional } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { CountDeadLetters } from './count-dead-letters.js';
import { DeadLetterBackend } from './dead-letter-backend.js';
import { discardOf, letterIdOf, lettersQueryOf, queueOf, redriveOf } from './dead-letter-requests.js';

/** Messages that could not be processed, and what operators do with one of them. */
@Controller('dead-letters')
export class DeadLettersController {
  constructor(
    private readonly backend: DeadLetterBackend,
    private readonly countDeadLetters: CountDeadLetters,
  ) {}

  /** How many there are, by queue and reason. */
  @Get()
  @OperatorOnly()
  async count(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.send({ data: await this.countDeadLetters.execute(principalOf(request), originOf(request)) });
  }

  /** Oldest first. */
  @Get(':queue')
  @OperatorOnly()
  async list(@Param('queue') queue: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const of = queueOf(queue);
    const query = { caller: principalOf(request), ...lettersQueryOf(request.query) };
    reply.send(await this.backend.ask(of, 'list', query, originOf(request)));
  }

  @Get(':queue/:id')
  @OperatorOnly()
  async show(
    @Param('queue') queue: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = { caller: principalOf(request), letterId: letterIdOf(id) };
    reply.send(await this.backend.ask(queueOf(queue), 'get', query, originOf(request)));
  }

  /** Sends it back to its queue. */
  @Post(':queue/:id/redrive')
  @HttpCode(200)
  @OperatorOnly()
  @BodyOptional()
  async redrive(
    @Param('queue') queue: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = queueOf(queue);
    const command = { caller: principalOf(request), letters: { id: letterIdOf(id) }, ...redriveOf(request.body) };
    reply.send(await this.backend.ask(of, 'redrive', command, originOf(request)));
  }

  /** Ends it for good. */
  @Post(':queue/:id/discard')
  @HttpCode(200)
  @OperatorOnly()
  async discard(
    @Param('queue') queue: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const of = queueOf(queue);
    const command = { caller: principalOf(request), letters: { id: letterIdOf(id) }, ...discardOf(request.body) };
    reply.send(await this.backend.ask(of, 'discard', command, originOf(request)));
  }
}
