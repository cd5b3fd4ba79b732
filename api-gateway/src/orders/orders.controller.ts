import { type CreateOrder, isUuid, type OrderPlaced } from '@holdfast/contracts';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { etagOf } from '../http/etag.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { originOf } from '../http/origin.js';
import { preferredWaitS } from '../http/prefer.js';
import { ProblemError } from '../http/problem.js';
import { sendConditionally } from '../http/send-conditionally.js';
import { orderInputOf } from './order-body.js';
import { PlaceOrder } from './place-order.js';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly backend: Backend,
  ) {}

  /** Places an order. The answer says PENDING, or what the order is at the end of the time that `Prefer: wait` gives. */
  @Post()
  async place(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const idempotencyKey = idempotencyKeyOf(request.headers['idempotency-key']);
    const order: CreateOrder = {
      clientId: principalOf(request).clientId,
      ...orderInputOf(request.body),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    };
    const waitS = preferredWaitS(request.headers.prefer);
    const placed =
      waitS === undefined
        ? await this.placeOrder.now(order, originOf(request))
        : await this.placeAndWait(order, waitS, request, reply);
    if (placed.replayed) reply.header('idempotency-replayed', 'true');
    reply.code(201).header('location', `/orders/${placed.order.id}`).send(placed.order);
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // What has not the form of an id names no order: to whoever asks, that is the same as an order that is not there.
    if (!isUuid(id)) throw new ProblemError('ORDER_NOT_FOUND', 'There is no order with this id.');
    const { role, clientId } = principalOf(request);
    const query = { orderId: id.toLowerCase(), clientId: role === 'operator' ? null : clientId };
    const order = await this.backend.ask('orders.get', query, originOf(request));
    sendConditionally(request, reply, order, etagOf(order));
  }

  private async placeAndWait(
    order: CreateOrder,
    waitS: number,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<OrderPlaced> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const placed = await this.placeOrder.final(order, originOf(request), { waitS, gone: gone.signal });
    if (placed.waited) reply.header('preference-applied', `wait=${waitS}`);
    return placed;
  }
}
