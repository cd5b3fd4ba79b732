import { Controller, Get, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { OperatorOnly, principalOf } from '../http/authentication.js';
import { keyOf, tellReplayed } from '../http/idempotency-key.js';
import { conditionOf } from '../http/if-match.js';
import { originOf } from '../http/origin.js';
import { sendConditionally } from '../http/send-conditionally.js';
import { catalogueVersionIn, productEtagOf } from './product-etag.js';
import { productChangesOf, productInputOf, productRefOf, productsQueryOf } from './product-requests.js';

@Controller('products')
export class ProductsController {
  constructor(private readonly backend: Backend) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.send(await this.backend.ask('product.list', productsQueryOf(request.query), originOf(request)));
  }

  /** By id or sku. */
  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const product = await this.backend.ask('product.get', { productId: productRefOf(id) }, originOf(request));
    sendConditionally(request, reply, product, productEtagOf(product));
  }

  @Post()
  @OperatorOnly()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command = { caller: principalOf(request), ...keyOf(request), ...productInputOf(request.body) };
    const { product, replayed } = await this.backend.ask('product.create', command, originOf(request));
    tellReplayed(reply, replayed)
      .code(201)
      .header('location', `/products/${product.id}`)
      .header('etag', productEtagOf(product))
      .send(product);
  }

  /** Changes what the body names, if what operators say of the product is still what `If-Match` says. */
  @Patch(':id')
  @OperatorOnly()
  async change(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command = {
      caller: principalOf(request),
      productId: productRefOf(id),
      ...conditionOf(request.headers['if-match'], catalogueVersionIn),
      changes: productChangesOf(request.body),
    };
    const product = await this.backend.ask('product.change', command, originOf(request));
    reply.header('etag', productEtagOf(product)).send(product);
  }

  /** The stock ledger; it names orders of every client. */
  @Get(':id/movements')
  @OperatorOnly()
  async movements(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = {
      caller: principalOf(request),
      productId: productRefOf(id),
      ...productsQueryOf(request.query),
    };
    reply.send(await this.backend.ask('product.movements', query, originOf(request)));
  }
}
