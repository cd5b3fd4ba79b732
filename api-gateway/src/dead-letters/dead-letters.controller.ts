import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { OperatorOnly, principalOf } from '../http/authentication.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { BodyOptional } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { CountDeadLetters } from './count-dead-letters.js';
import { DeadLetterBackend } from './dead-letter-backend.js';
import { discardOf, letterIdOf, lettersQueryOf, redriveOf } from './dead-letter-requests.js';

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
    const page = await this.backend.askFor(request, queue, 'list', () => lettersQueryOf(request.query));
    reply.send(page.value);
  }

  @Get(':queue/:id')
  @OperatorOnly()
  async show(
    @Param() { queue, id }: LetterPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const letter = await this.backend.askFor(request, queue, 'get', () => ({ letterId: letterIdOf(id) }));
    reply.send(letter.value);
  }

  /** Sends it back to its queue. */
  @Post(':queue/:id/redrive')
  @HttpCode(200)
  @OperatorOnly()
  @BodyOptional()
  redrive(@Param() path: LetterPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.act('redrive', path, request, reply);
  }

  /** Ends it for good. */
  @Post(':queue/:id/discard')
  @HttpCode(200)
  @OperatorOnly()
  discard(@Param() path: LetterPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.act('discard', path, request, reply);
  }

  private async act(
    action: 'redrive' | 'discard',
    { queue, id }: LetterPath,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { value, replayed } = await this.backend.askFor(request, queue, action, () => ({
      letters: { id: letterIdOf(id) },
      ...keyOf(request),
      ...(action === 'redrive' ? redriveOf(request.body) : discardOf(request.body)),
    }));
    tellReplayed(reply, replayed).send(value);
  }
}

interface LetterPath {
  queue: string;
  id: string;
}
