import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { principalOf } from '../../http/authentication.js';
import { originOf } from '../../http/origin.js';
import { ProblemError } from '../../http/problem.js';
import { orderIdOf } from '../order-id.js';
import { FollowOrder } from './follow-order.js';
import { lastVersionOf, untilOf } from './follow-request.js';

@Controller('orders')
export class OrderEventsController {
  constructor(private readonly followOrder: FollowOrder) {}

  /** Server-sent events, one per change of the order. */
  @Get(':id/events')
  async follow(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // Fastify gives every GET a HEAD, which would wait for a stream that it cannot carry.
    if (request.method === 'HEAD') throw noHead();
    const following = {
      orderId: orderIdOf(id),
      caller: principalOf(request),
      lastVersion: lastVersionOf(request.headers['last-event-id']),
      until: untilOf(request.query),
    };
    await this.followOrder.execute(following, originOf(request), reply);
  }
}

const noHead = (): ProblemError =>
  new ProblemError('METHOD_NOT_ALLOWED', 'HEAD is not for this path; GET is.', { headers: { allow: 'GET' } });
