import { Controller, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { OperatorOnly, principalOf } from '../../http/authentication.js';
import { CsvBody, csvUploadOf } from '../../http/csv-body.js';
import { refuseKey } from '../../http/idempotency-key.js';
import { originOf } from '../../http/origin.js';
import { takeOwnDeadline } from '../../http/own-deadline.js';
import { readToEnd } from '../../http/rest-of-body.js';
import { CsvUpload, type UploadBounds } from './csv-upload.js';
import { ImportProducts } from './import-products.js';

/** How large a file may be, and how long it may take. */
export class ImportBounds implements UploadBounds {
  constructor(
    readonly maxBytes: number,
    readonly timeoutMs: number,
  ) {}
}

const NEEDS_NO_KEY =
  'every line is safe to repeat, because a product that was made from the same line is counted as existing; send the file ' +
  'again without it';

@Controller('products/import')
export class ProductImportsController {
  constructor(
    private readonly importProducts: ImportProducts,
    private readonly bounds: ImportBounds,
  ) {}

  /** Takes products from a CSV file, while it arrives; the answer says what became of each line. */
  @Post()
  @OperatorOnly()
  @CsvBody()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = csvUploadOf(request);
    const upload = new CsvUpload(body, this.bounds, Number(request.headers['content-length'] ?? 0));
    const done = takeOwnDeadline(body.socket);
    try {
      refuseKey(request, NEEDS_NO_KEY);
      const report = await this.importProducts.execute(upload.records(), principalOf(request), originOf(request));
      reply.code(200).send(report);
    } catch (error) {
      if (!(await readToEnd(body, upload.bytesLeft))) reply.header('connection', 'close');
      throw error;
    } finally {
      done();
    }
  }
}
