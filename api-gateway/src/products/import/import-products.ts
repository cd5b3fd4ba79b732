import { type MessageData, newId, type ProductDescription } from '@holdfast/contracts';
import { type Principal } from '../../api-keys.js';
import { type Backend, type Origin } from '../../backend.js';
import { ProblemError } from '../../http/problem.js';
import { problemOf } from '../../http/problem-of.js';
import { BoundedWork } from './bounded-work.js';
import { type CsvRecord } from './csv-upload.js';
import { type Column, columnsOf, lineOf } from './import-columns.js';
import { type ImportReport, ImportTally } from './import-report.js';

// Enough for commits that many lines share; a quarter of what products-service works on at a time, so that orders pass.
const LINES_IN_FLIGHT = 64;

// Each notes the skus of its file: up to 10 MB of memory with 50,000 lines.
const MAX_IMPORTS = 4;

const SAFE_TO_REPEAT = 'Send the file again: lines that are done are counted as existing, and nothing is done twice.';

/** Takes products in, line by line; each line is a command of its own and is done whole or not at all. */
export class ImportProducts {
  private running = 0;

  constructor(
    private readonly backend: Pick<Backend, 'ask'>,
    private readonly maxLines: number,
  ) {}

  /**
   * @param records the header first.
   * @throws ProblemError VALIDATION_FAILED for a file without a header that can be read; OVERLOADED when enough imports
   * run; anything that ends an import early, with what was done by then as `import`.
   */
  async execute(records: AsyncIterable<CsvRecord>, caller: Principal, origin: Origin): Promise<ImportReport> {
    if (this.running >= MAX_IMPORTS) {
      const headers = { 'retry-after': '10' };
      throw new ProblemError('OVERLOADED', `${this.running} imports are under way. Nothing was done.`, { headers });
    }
    this.running += 1;
    try {
      return await new Import(this.backend, this.maxLines, caller, origin).run(records);
    } finally {
      this.running -= 1;
    }
  }
}

class Import {
  private readonly tally = new ImportTally();
  private readonly work = new BoundedWork(LINES_IN_FLIGHT);
  private readonly lineOfSku = new Map<string, number>();
  private columns: Column[] | undefined;
  private lines = 0;

  constructor(
    private readonly backend: Pick<Backend, 'ask'>,
    private readonly maxLines: number,
    private readonly caller: Principal,
    private readonly origin: Origin,
  ) {}

  async run(records: AsyncIterable<CsvRecord>): Promise<ImportReport> {
    try {
      for await (const record of records) {
        if (this.columns) await this.take(this.columns, record);
        else this.columns = columnsOf(record);
      }
      await this.work.done();
    } catch (error) {
      // What was asked for is done, and counted, before the caller is told.
      await this.work.idle();
      throw this.columns ? this.stopped(error) : error;
    }
    if (!this.columns)
      throw new ProblemError('VALIDATION_FAILED', 'The file is empty; its first line names the columns.');
    return this.tally.report();
  }

  private async take(columns: readonly Column[], record: CsvRecord): Promise<void> {
    if (this.lines === this.maxLines) {
      throw new ProblemError(
        'BODY_TOO_LARGE',
        `A file may have ${this.maxLines} lines; split it at line ${record.line}.`,
      );
    }
    this.lines += 1;
    const { line } = record;
    const { sku, product, faults } = lineOf(columns, record);
    if (!product) {
      this.tally.refuse({ line, sku, code: 'VALIDATION_FAILED', errors: faults });
      return;
    }
    const twin = this.lineOfSku.get(product.sku);
    if (twin !== undefined) {
      const errors = [{ field: 'sku', detail: `is in line ${twin} already` }];
      this.tally.refuse({ line, sku, code: 'VALIDATION_FAILED', errors });
      return;
    }
    this.lineOfSku.set(product.sku, line);
    await this.work.start(() => this.send(line, product));
  }

  private async send(line: number, product: ProductDescription): Promise<void> {
    const origin = { ...this.origin, requestId: newId() };
    const command = { ...product, caller: this.caller };
    try {
      const { outcome } = await this.askTwice(command, origin);
      this.tally.count(outcome);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'SKU_TAKEN') throw error;
      const errors = [{ field: 'sku', detail: error.message }];
      this.tally.refuse({ line, sku: product.sku, code: 'SKU_TAKEN', errors });
    }
  }

  /** What got no answer is asked for again, as the same message: the answer is that of the first, if that was done. */
  private async askTwice(command: MessageData<'product.import'>, origin: Origin) {
    try {
      return await this.backend.ask('product.import', command, origin);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'ANSWER_TIMEOUT') throw error;
      return this.backend.ask('product.import', command, origin);
    }
  }

  /** @returns the problem as it would be alone, with what was done by then. */
  private stopped(error: unknown): ProblemError {
    const { code, message, extras } = problemOf(error);
    const why = code === 'BROKER_UNAVAILABLE' || code === 'OVERLOADED' ? 'The import could not be finished.' : message;
    const told = { ...extras, members: { import: this.tally.report() } };
    return new ProblemError(code, `${why} ${SAFE_TO_REPEAT}`, told, { cause: error });
  }
}
