import { Readable } from 'node:stream';
import { type CsvRecord, CsvUpload, type UploadBounds } from './csv-upload.js';

const BOUNDS: UploadBounds = { maxBytes: 1_000_000, timeoutMs: 60_000 };

const recordsOf = (upload: Readable, bounds: UploadBounds, declaredBytes?: number) =>
  new CsvUpload(upload, bounds, declaredBytes).records();

// The parser looks a few bytes ahead before it gives a record.
const BEGINNING = 'a,b\n1,2';

async function read(chunks: (string | Buffer)[], bounds = BOUNDS): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  const upload = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  for await (const record of recordsOf(upload, bounds)) records.push(record);
  return records;
}

const bytewise = (text: string): Buffer[] => [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
const problem = (code: string, detail: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(detail) });

describe('the records of a file', () => {
  it.each<[string, string, CsvRecord[]]>([
    ['that is empty', '', []],
    ['that ends without a line break', 'a,b\n1,2', [at(1, 'a', 'b'), at(2, '1', '2')]],
    ['with CRLF', 'a,b\r\n1,2\r\n', [at(1, 'a', 'b'), at(2, '1', '2')]],
    ['with LF and CRLF', 'a\r\nb\nc\r\n', [at(1, 'a'), at(2, 'b'), at(3, 'c')]],
    ['with blank lines', '\na\n\n\r\nb\n\n', [at(2, 'a'), at(5, 'b')]],
    ['with quotes', '"a,b","c ""d"" e",""\n', [at(1, 'a,b', 'c "d" e', '')]],
    ['with line breaks in quotes', 'a\n"b\r\nc\n",d\ne\n', [at(1, 'a'), at(2, 'b\r\nc\n', 'd'), at(5, 'e')]],
    ['with a byte order mark', '\ufeff"a",b\n', [at(1, 'a', 'b')]],
    ['with empty fields', ',\n', [at(1, '', '')]],
    ['of different lengths', 'a,b\n1\n1,2,3\n', [at(1, 'a', 'b'), at(2, '1'), at(3, '1', '2', '3')]],
    ['that a spreadsheet would calculate', '=1+1,@SUM(A1)\n', [at(1, '=1+1', '@SUM(A1)')]],
    ['with NUL and other control characters', 'a\u0000b,\u001b[2J\n', [at(1, 'a\u0000b', '\u001b[2J')]],
    ['in several scripts', 'Tasse à café,☕,杯\n', [at(1, 'Tasse à café', '☕', '杯')]],
  ])('%s', async (_name, text, records) => {
    expect(await read([text])).toEqual(records);
    expect(await read(bytewise(text))).toEqual(records);
  });

  it('shows what is not UTF-8', async () => {
    expect(await read([Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a])])).toEqual([at(1, 'caf\ufffd')]);
  });

  it.each([
    ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', 'line 3: a quote is opened and never closed'],
    ['text behind a quote', 'a,b\n"1"x,2\n', 'line 2: a quoted field goes on'],
    ['a quote in a field', 'a,b\n"1\n2",3\n5" nail,4\n', 'line 4: a quote stands within a field'],
    ['a quote that is closed far away', `a,b\n1,"2\n${'x,y\n'.repeat(9_000)}","z"\n`, 'line 2: a record has more than'],
    ['a line without end', `a,b\n${'x'.repeat(10_001)}`, 'Line 2 has more than 10000 bytes'],
    ['a line of commas', `a,b\n1,2\n${','.repeat(500_000)}\n`, 'Line 3 has more than 10000 bytes'],
  ])('cannot be told with %s', async (_name, text, detail) => {
    await expect(read([text])).rejects.toEqual(problem('VALIDATION_FAILED', detail));
    const pieces = text.match(/.{1,7777}/gs) ?? [];
    await expect(read(pieces)).rejects.toEqual(problem('VALIDATION_FAILED', detail));
  });

  it('come out of the longest lines there may be', async () => {
    const line = `${'x'.repeat(9_999)}\n`;
    expect(await read([line, line, line])).toHaveLength(3);
  });

  it('end where the file is too large', async () => {
    const lines = 'a,b\n'.repeat(10_000);
    expect(await read([lines], { ...BOUNDS, maxBytes: 40_000 })).toHaveLength(10_000);
    await expect(read([lines], { ...BOUNDS, maxBytes: 39_999 })).rejects.toEqual(
      problem('BODY_TOO_LARGE', 'may have 39999 bytes'),
    );
  });

  it('are not even begun of a file that says that it is too large', async () => {
    const upload = Readable.from([Buffer.from('a,b\n')]);
    const records = recordsOf(upload, BOUNDS, 1_000_001);
    await expect(records.next()).rejects.toEqual(problem('BODY_TOO_LARGE', 'may have 1000000 bytes'));
    expect(upload.readableDidRead).toBe(false);
  });

  it('cost nothing where there are none', async () => {
    const records = await read(['\n'.repeat(900_000), 'a,b\n']);
    expect(records).toEqual([at(900_001, 'a', 'b')]);
  });

  it('end when the file takes too long', async () => {
    const never = new Readable({ read: () => undefined });
    never.push(BEGINNING);
    const records = recordsOf(never, { ...BOUNDS, timeoutMs: 1_000 });
    expect(await records.next()).toMatchObject({ value: at(1, 'a', 'b') });
    await expect(records.next()).rejects.toEqual(problem('REQUEST_TIMEOUT', 'in 1000 ms'));
    expect(never.destroyed).toBe(false);
  });

  it('end when the caller goes', async () => {
    const upload = new Readable({ read: () => undefined });
    upload.push(BEGINNING);
    const records = recordsOf(upload, BOUNDS);
    expect(await records.next()).toMatchObject({ value: at(1, 'a', 'b') });
    upload.destroy();
    await expect(records.next()).rejects.toEqual(problem('MALFORMED_REQUEST', 'broken off'));
  });

  it('are read no faster than they are taken, and leave the upload open when no more are wanted', async () => {
    let given = 0;
    const upload = new Readable({
      read() {
        given += 1;
        this.push('a,b\n'.repeat(10_000));
      },
    });
    for await (const { line } of recordsOf(upload, { ...BOUNDS, maxBytes: 1_000_000_000 })) if (line === 5) break;
    expect(given).toBeLessThan(20);
    expect(upload.destroyed).toBe(false);
  });
});

function at(line: number, ...fields: string[]): CsvRecord {
  return { line, fields };
}
