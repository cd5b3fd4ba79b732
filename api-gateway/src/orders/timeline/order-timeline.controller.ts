import { type OrderTimeline } from '@holdfast/contracts';
import { Controller, Get, Param, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { principalOf } from '../../http/authentication.js';
import { originOf } from '../../http/origin.js';
import { orderIdOf } from '../order-id.js';
import { ShowTimeline } from './show-timeline.js';

@Controller('orders')
export class OrderTimelineController {
  constructor(private readonly showTimeline: ShowTimeline) {}

  /** Everything that happened to an order, with its cause. */
  @Get(':id/timeline')
  show(@Param('id') id: string, @Req() request: FastifyRequest): Promise<OrderTimeline> {
    return this.showTimeline.execute(principalOf(request), orderIdOf(id), originOf(request));
  }
}
