import { Transform, type TransformCallback } from 'node:stream';
import { ProblemError } from '../../http/problem.js';

const NEWLINE = 0x0a;

/** Bytes of one line. The longest product has 200 characters of name and 64 each of sku and supplier: under 2 kB. */
const MAX_LINE_BYTES = 10_000;

export const tooLarge = (maxBytes: number): ProblemError =>
  new ProblemError('BODY_TOO_LARGE', `The file may have ${maxBytes} bytes.`);

/**
 * Passes an upload on until it is too large as a whole, or one line of it is: the parser would collect a line without end
 * in memory.
 *
 * @throws ProblemError BODY_TOO_LARGE, VALIDATION_FAILED
 */
export class UploadLimits extends Transform {
  private bytes = 0;
  private lines = 0;
  private bytesOfLine = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  /** How much may still come. */
  get bytesLeft(): number {
    return Math.max(0, this.maxBytes - this.bytes);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) {
      done(tooLarge(this.maxBytes));
      return;
    }
    if (this.hasLongLine(chunk)) {
      const detail = `Line ${this.lines + 1} has more than ${MAX_LINE_BYTES} bytes.`;
      done(new ProblemError('VALIDATION_FAILED', detail));
      return;
    }
    done(null, chunk);
  }

  private hasLongLine(chunk: Buffer): boolean {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      if (this.bytesOfLine + end - start > MAX_LINE_BYTES) return true;
      this.bytesOfLine = 0;
      this.lines += 1;
      start = end + 1;
    }
    this.bytesOfLine += chunk.length - start;
    return this.bytesOfLine > MAX_LINE_BYTES;
  }
}
