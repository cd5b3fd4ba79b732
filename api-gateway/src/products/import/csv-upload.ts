import { finished, pipeline, type Readable } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import { ProblemError } from '../../http/problem.js';
import { tooLarge, UploadLimits } from './upload-limits.js';

/** One record of a file. */
export interface CsvRecord {
  /** Line of the file that it begins in, from 1; it goes on where a quoted field has line breaks. */
  line: number;
  fields: string[];
}

export interface UploadBounds {
  maxBytes: number;
  /** How long the upload may take as a whole. */
  timeoutMs: number;
}

// Above what one line may have: a quote that is never closed is found this far behind it, not at the end of the file.
const MAX_RECORD_CHARACTERS = 20_000;

const FAULTS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted field goes on behind its closing quote; quotes within it are doubled',
  INVALID_OPENING_QUOTE: 'a quote stands within a field; put the field in quotes and double it',
  CSV_MAX_RECORD_SIZE: `a record has more than ${MAX_RECORD_CHARACTERS} characters; is a quote not closed?`,
};

/** A CSV file (RFC 4180; lines may also end in LF) on its way in. */
export class CsvUpload {
  private readonly limits: UploadLimits;

  /** @param declaredBytes what `Content-Length` says; undefined where it says nothing. */
  constructor(
    private readonly upload: Readable,
    private readonly bounds: UploadBounds,
    private readonly declaredBytes = 0,
  ) {
    this.limits = new UploadLimits(bounds.maxBytes);
  }

  /** How much of it may still come; 0 for a file that is, or says that it is, too large. */
  get bytesLeft(): number {
    return this.declaredBytes > this.bounds.maxBytes ? 0 : this.limits.bytesLeft;
  }

  /**
   * The records while they arrive, blank lines left out, read no faster than they are taken. Bytes that are not UTF-8 come
   * as U+FFFD. To be called once.
   *
   * @throws ProblemError VALIDATION_FAILED for what cannot be told into records, when it is met: some of the records right
   * before it may not have been given; BODY_TOO_LARGE; REQUEST_TIMEOUT; MALFORMED_REQUEST when the connection is lost.
   */
  async *records(): AsyncGenerator<CsvRecord> {
    const { maxBytes, timeoutMs } = this.bounds;
    if (this.declaredBytes > maxBytes) throw tooLarge(maxBytes);
    const { limits, upload } = this;
    const late = new ProblemError('REQUEST_TIMEOUT', `The file did not arrive in ${timeoutMs} ms.`);
    const deadline = setTimeout(() => limits.destroy(late), timeoutMs);
    const forget = finished(upload, { writable: false }, (cause) => {
      if (cause) limits.destroy(new ProblemError('MALFORMED_REQUEST', 'The upload was broken off.', {}, { cause }));
    });
    const lines = new LineCount();
    const parser = parserCounting(lines);
    // Its errors come out of the parser. The upload itself is piped by hand: a pipeline would end its connection with it.
    pipeline(limits, parser, () => undefined);
    upload.pipe(limits);
    try {
      for await (const [line, ...fields] of parser as AsyncIterable<string[]>) yield { line: Number(line), fields };
    } catch (error) {
      throw error instanceof CsvError ? unreadable(error, lines.next(parser.info.empty_lines)) : error;
    } finally {
      clearTimeout(deadline);
      forget();
      upload.unpipe(limits);
      limits.destroy();
    }
  }
}

/** Where records begin. The parser's own count is off by the line breaks within fields. */
class LineCount {
  private ofRecords = 0;

  /** Line that the next record begins in. */
  next(emptyLines: number): number {
    return this.ofRecords + emptyLines + 1;
  }

  pass(fields: readonly string[]): void {
    this.ofRecords += 1;
    for (const field of fields) {
      for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) this.ofRecords += 1;
    }
  }
}

/** Gives each record with its line in front of its fields. */
function parserCounting(lines: LineCount): Parser {
  return parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    on_record: (fields: string[], { empty_lines: emptyLines }) => {
      const line = lines.next(emptyLines);
      lines.pass(fields);
      return [String(line), ...fields];
    },
  });
}

function unreadable(cause: CsvError, line: number): ProblemError {
  const fault = FAULTS[cause.code] ?? 'it is not CSV';
  return new ProblemError('VALIDATION_FAILED', `In the record that begins in line ${line}: ${fault}.`, {}, { cause });
}
