import { type CreateOrder, type OrderPlaced } from '@holdfast/contracts';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { principalOf } from '../http/authentication.js';
import { etagOf } from '../http/etag.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { conditionOf } from '../http/if-match.js';
import { BodyOptional, requireNoFields } from '../http/optional-body.js';
import { originOf } from '../http/origin.js';
import { preferredWaitS } from '../http/prefer.js';
import { sendConditionally } from '../http/send-conditionally.js';
import { ListOrders } from './list-orders.js';
import { orderInputOf } from './order-body.js';
import { orderIdOf } from './order-id.js';
import { orderListQueryOf } from './order-list-query.js';
import { PlaceOrder } from './place-order.js';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly listOrders: ListOrders,
    private readonly backend: Backend,
  ) {}

  /** Places an order. The answer says PENDING, or what the order is at the end of the time that `Prefer: wait` gives. */
  @Post()
  async place(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const order: CreateOrder = {
      clientId: principalOf(request).clientId,
      ...keyOf(request),
      ...orderInputOf(request.body),
    };
    const waitS = preferredWaitS(request.headers.prefer);
    const placed =
      waitS === undefined
        ? await this.placeOrder.now(order, originOf(request))
        : await this.placeAndWait(order, waitS, request, reply);
    tellReplayed(reply, placed.replayed)
      .code(201)
      .header('location', `/orders/${placed.order.id}`)
      .header('etag', etagOf(placed.order))
      .send(placed.order);
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = orderListQueryOf(request.query);
    reply.send(await this.listOrders.execute(principalOf(request), query, originOf(request)));
  }

  /** Shows an order. Whose it is is for the service to say: it is told who asks. */
  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = { caller: principalOf(request), orderId: orderIdOf(id) };
    const order = await this.backend.ask('orders.get', query, originOf(request));
    sendConditionally(request, reply, order, etagOf(order));
  }

  /** Cancels an order, if it is still what `If-Match` says. */
  @Post(':id/cancel')
  @BodyOptional()
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const orderId = orderIdOf(id);
    requireNoFields(request.body);
    const command = { caller: principalOf(request), orderId, ...conditionOf(request.headers['if-match']) };
    const order = await this.backend.ask('orders.cancel', command, originOf(request));
    reply.code(200).header('etag', etagOf(order)).send(order);
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
