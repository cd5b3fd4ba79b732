import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { OperatorOnly, principalOf } from '../http/authentication.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { originOf } from '../http/origin.js';
import { productRefOf, stockAdjustmentOf } from './product-requests.js';

@Controller('products/:id/stock-adjustments')
export class StockAdjustmentsController {
  constructor(private readonly backend: Backend) {}

  /** Restocks a product, by id or sku, or writes units off. An adjustment has no path of its own to be read at. */
  @Post()
  @OperatorOnly()
  async create(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command = {
      caller: principalOf(request),
      productId: productRefOf(id),
      ...keyOf(request),
      ...stockAdjustmentOf(request.body),
    };
    const { adjustment, replayed } = await this.backend.ask('product.adjustStock', command, originOf(request));
    tellReplayed(reply, replayed).code(201).send(adjustment);
  }
}
