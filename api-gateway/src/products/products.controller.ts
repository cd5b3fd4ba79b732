import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Backend } from '../backend.js';
import { OperatorOnly } from '../http/authentication.js';
import { etagOf } from '../http/etag.js';
import { originOf } from '../http/origin.js';
import { sendConditionally } from '../http/send-conditionally.js';
import { productInputOf, productRefOf, productsQueryOf } from './product-requests.js';

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
    sendConditionally(request, reply, product, etagOf(product));
  }

  @Post()
  @OperatorOnly()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const product = await this.backend.ask('product.create', productInputOf(request.body), originOf(request));
    reply.code(201).header('location', `/products/${product.id}`).header('etag', etagOf(product)).send(product);
  }
}
