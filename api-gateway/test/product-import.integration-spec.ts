import { TcpProxy, testBroker, waitUntil } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import { type ImportReport } from '../src/products/import/import-report.js';
import {
  bearer,
  CLIENT_KEY,
  OPERATOR_KEY,
  type Problem,
  problemIn,
  type Suite,
  startSuite,
  startTestGateway,
  untilReady,
} from './gateway.harness.js';
import { RawConnection } from './raw-http.js';
import { type Received, ServicesDouble } from './services.double.js';

let suite: Suite;
let services: ServicesDouble;

beforeAll(async () => {
  suite = await startSuite({ IMPORT_MAX_BYTES: '1000000', IMPORT_MAX_LINES: '5000' });
  services = suite.services;
});
beforeEach(() => {
  services.forget();
  services.products.clear();
});
afterAll(() => suite.stop());

const HEADER = 'sku,name,price_amount,price_currency,stock\n';
const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `sku-${from + index},Product ${from + index},1250,EUR,10\n`).join('');

function upload(file: string | Uint8Array, headers: Record<string, string> = {}, url = suite.gateway.url) {
  return fetch(`${url}/products/import`, {
    method: 'POST',
    headers: { ...bearer(OPERATOR_KEY), 'content-type': 'text/csv', ...headers },
    body: file,
  });
}

const reportIn = async (answer: Response) => (await answer.json()) as ImportReport;
const stoppedIn = async (answer: Response) => (await problemIn(answer)) as Problem & { import?: ImportReport };
const imported = () => services.receivedBy('product.import');

const HEAD =
  `POST /products/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${OPERATOR_KEY}\r\n` +
  'Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n';
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const LAST_CHUNK = '0\r\n\r\n';

const HALF_AN_ORDER =
  `POST /orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${CLIENT_KEY}\r\n` +
  'Content-Type: application/json\r\nContent-Length: 30\r\n\r\n{';

describe('POST /products/import', () => {
  it('makes each line a command of the operator, and says what became of the lines', async () => {
    const file = `\ufeffstock,name,sku,price_currency,price_amount,low_stock_threshold\r\n10,"Mug, ""blue""",mug,EUR,1250,\r\n0,=1+1,cup,USD,0,3\r\n`;
    const answer = await upload(file, { 'content-type': 'text/csv; charset=utf-8; header=present' });
    expect(answer.status).toBe(200);
    expect(await reportIn(answer)).toEqual({ created: 2, existing: 0, failed: 0, errors: [] });
    const caller = { role: 'operator', clientId: 'ops' };
    expect(imported().map(({ data }) => data)).toEqual([
      { caller, sku: 'mug', name: 'Mug, "blue"', price: { amount: 1_250, currency: 'EUR' }, stock: 10 },
      { caller, sku: 'cup', name: '=1+1', price: { amount: 0, currency: 'USD' }, stock: 0, lowStockThreshold: 3 },
    ]);
    const ids = services.received.map(({ properties }) => properties.messageId);
    expect(new Set(ids).size).toBe(2);
  });

  it('does what is right, reports what is wrong by its line, and can be repeated', async () => {
    const file = `${HEADER}mug,Mug,1250,EUR,10\nlamp,"a\nb",x,EUR,\n\nmug,Mug,1250,EUR,10\nbowl,Bowl\ncup,Cup,1,EUR,1\n`;
    services.products.clear();
    const errors = [
      {
        ...{ line: 3, sku: 'lamp', code: 'VALIDATION_FAILED' },
        errors: ['name', 'price_amount', 'stock'].map((field) => ({ field, detail: expect.any(String) })),
      },
      { line: 6, sku: 'mug', code: 'VALIDATION_FAILED', errors: [{ field: 'sku', detail: 'is in line 2 already' }] },
      {
        ...{ line: 7, sku: null, code: 'VALIDATION_FAILED' },
        errors: [{ field: null, detail: 'has 2 fields, the header has 5' }],
      },
    ];
    expect(await reportIn(await upload(file))).toEqual({ created: 2, existing: 0, failed: 3, errors });
    expect(await reportIn(await upload(file))).toEqual({ created: 0, existing: 2, failed: 3, errors });
    expect(await reportIn(await upload(`${HEADER}mug,Another,1250,EUR,10\n`))).toMatchObject({
      failed: 1,
      errors: [{ line: 2, sku: 'mug', code: 'SKU_TAKEN', errors: [{ field: 'sku' }] }],
    });
  });

  it('asks for so many lines at a time, and goes on as they are answered', async () => {
    const asked: Received[] = [];
    services.answers.set('product.import', (request) => {
      asked.push(request);
      return 'no answer';
    });
    const answering = upload(HEADER + lines(80));
    await waitUntil('64 lines were asked for', () => asked.length === 64);
    services.answers.clear();
    for (let place = 0; place < 64; place += 1) services.answerLate(place);
    expect(await reportIn(await answering)).toMatchObject({ created: 80 });
    expect(imported()).toHaveLength(80);
  });

  it('takes a header without lines', async () => {
    expect(await reportIn(await upload(HEADER))).toEqual({ created: 0, existing: 0, failed: 0, errors: [] });
  });

  it('is for operators', async () => {
    const answer = await upload(HEADER + lines(1), bearer(CLIENT_KEY));
    expect([answer.status, (await problemIn(answer)).code]).toEqual([403, 'FORBIDDEN']);
    expect(services.received).toEqual([]);
  });

  it.each([
    ['JSON', { 'content-type': 'application/json' }],
    ['a spreadsheet', { 'content-type': 'application/vnd.ms-excel' }],
    ['another charset', { 'content-type': 'text/csv; charset=iso-8859-1' }],
    ['compression', { 'content-encoding': 'gzip' }],
  ])('takes no %s', async (_name, headers) => {
    const answer = await upload('{}', headers);
    expect([answer.status, (await problemIn(answer)).code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('takes no Idempotency-Key, also not one that is none, and says why it needs none', async () => {
    for (const key of ['import-7', '']) {
      const answer = await upload(HEADER + lines(3_000), { 'idempotency-key': key });
      expect(answer.status).toBe(400);
      const problem = await stoppedIn(answer);
      expect(problem).toMatchObject({
        code: 'VALIDATION_FAILED',
        detail: expect.stringMatching(/Idempotency-Key: is not taken here: every line is safe to repeat/),
        errors: [{ header: 'Idempotency-Key', detail: expect.any(String) }],
      });
      expect(problem.import).toBeUndefined();
    }
    expect(services.received).toEqual([]);
  });

  it('takes no request without a file', async () => {
    const empty = await fetch(`${suite.gateway.url}/products/import`, {
      method: 'POST',
      headers: bearer(OPERATOR_KEY),
    });
    expect(empty.status).toBe(415);
    const nothing = await upload('');
    expect([nothing.status, (await problemIn(nothing)).code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('is the only path that takes CSV', async () => {
    const answer = await fetch(`${suite.gateway.url}/products`, {
      method: 'POST',
      headers: { ...bearer(OPERATOR_KEY), 'content-type': 'text/csv' },
      body: HEADER,
    });
    expect(answer.status).toBe(415);
  });
});

describe('a file that cannot be read to its end', () => {
  it.each([
    ['an unknown column', `${HEADER.trim()},colour\n${lines(3_000)}`, '"colour" is not known'],
    ['another separator', `sku;name;price_amount\n${lines(3_000)}`, 'sku is missing'],
    ['two headers in one', `${HEADER.trim()},sku\n`, 'sku is there twice'],
  ])('does nothing where it begins with %s', async (_name, file, detail) => {
    const answer = await upload(file);
    expect(answer.status).toBe(400);
    const problem = await stoppedIn(answer);
    expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', detail: expect.stringContaining(detail) });
    expect(problem.import).toBeUndefined();
    expect(services.received).toEqual([]);
  });

  it('says what was done by then, and which line it is', async () => {
    const answer = await upload(`${HEADER}${lines(3_000)}broken,"Mug,1,EUR,1\n${lines(100, 3_000)}`);
    expect(answer.status).toBe(400);
    const problem = await stoppedIn(answer);
    expect(problem.detail).toMatch(/begins in line 3002: a quote is opened and never closed.*Send the file again/);
    expect(problem.import?.created).toBe(imported().length);
  });

  it('is cut off where it is too large, whatever its length is said to be', async () => {
    for (const head of [HEAD, HEAD.replace('Transfer-Encoding: chunked', 'Content-Length: 1000000000')]) {
      const connection = await RawConnection.open(suite.gateway.url);
      connection.send(head);
      const more = head === HEAD ? chunk : (text: string) => text;
      connection.send(more(HEADER));
      for (let sent = 0; sent < 2_000_000; sent += 20_000) connection.send(more('\n'.repeat(20_000)));
      await waitUntil('it is refused', () => connection.isClosed);
      expect(connection.status).toBe(413);
      expect(connection.text).toContain('BODY_TOO_LARGE');
    }
  });

  it('is refused at a line that does not end', async () => {
    const answer = await upload(`${HEADER}${lines(2)}${'x'.repeat(900_000)}`);
    expect(answer.status).toBe(400);
    expect((await stoppedIn(answer)).detail).toContain('Line 4 has more than 10000 bytes');
  });

  it('is refused where it has too many lines', async () => {
    const answer = await upload(HEADER + lines(5_001));
    expect(answer.status).toBe(413);
    const problem = await stoppedIn(answer);
    expect(problem).toMatchObject({ code: 'BODY_TOO_LARGE', import: { created: 5_000, existing: 0, failed: 0 } });
    expect(problem.detail).toContain('split it at line 5002');
  });
});

describe('an upload that takes its time', () => {
  it('has its own limit, and the next request on its connection has the usual one', async () => {
    const { url } = await suite.another({ RECEIVE_TIMEOUT_MS: '1000' });
    const connection = (await RawConnection.open(url)).send(HEAD + chunk(HEADER + lines(1)));
    // A request that is too slow and begins now: when its time is up, it is up for those before it, too.
    await (await RawConnection.open(url)).send(HALF_AN_ORDER).untilClosed();
    connection.send(chunk(lines(1, 1)) + LAST_CHUNK);
    await waitUntil('the import is done', () => connection.text.includes('"created":2'));
    await connection.send(HALF_AN_ORDER).untilClosed();
    expect(connection.text.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 408']);
  });

  it('is ended at that limit, with what was done by then', async () => {
    const { url } = await suite.another({ IMPORT_TIMEOUT_MS: '4000' });
    const connection = (await RawConnection.open(url)).send(HEAD + chunk(HEADER + lines(3)));
    await connection.untilClosed();
    expect(connection.status).toBe(408);
    expect(connection.text).toMatch(/"code":"REQUEST_TIMEOUT".*"created":[123],/);
  });

  it('is forgotten when the caller goes', async () => {
    const connection = (await RawConnection.open(suite.gateway.url)).send(HEAD + chunk(HEADER + lines(50)));
    await waitUntil('lines were asked for', () => imported().length >= 40);
    connection.end();
    await waitUntil('there is room for four others', async () => {
      const four = await Promise.all(Array.from({ length: 4 }, (_, index) => upload(HEADER + lines(1, 100 + index))));
      return four.every(({ status }) => status === 200);
    });
  });

  it('may have three others beside it', async () => {
    const four = await Promise.all(Array.from({ length: 4 }, () => RawConnection.open(suite.gateway.url)));
    for (const [index, connection] of four.entries()) connection.send(HEAD + chunk(HEADER + lines(2, 10 * index)));
    const asked = () => imported().map(({ data }) => data.sku);
    await waitUntil('all four are under way', () => [0, 10, 20, 30].every((line) => asked().includes(`sku-${line}`)));
    const fifth = await upload(HEADER + lines(1));
    expect([fifth.status, (await problemIn(fifth)).code]).toEqual([503, 'OVERLOADED']);
    for (const connection of four) connection.send(LAST_CHUNK);
    await waitUntil('all four are done', () => four.every(({ status }) => status === 200));
    for (const connection of four) connection.end();
    expect((await upload(HEADER + lines(1))).status).toBe(200);
  });
});

describe('an import that the services do not answer', () => {
  let impatient: Gateway;
  beforeAll(async () => {
    impatient = await suite.another({ REQUEST_TIMEOUT_MS: '2000' });
  });

  it('is given up, after every line was asked for twice, as the same message', async () => {
    services.answers.set('product.import', () => 'no answer');
    const answer = await upload(HEADER + lines(2), {}, impatient.url);
    expect(answer.status).toBe(504);
    expect(await stoppedIn(answer)).toMatchObject({ code: 'ANSWER_TIMEOUT', import: { created: 0 } });
    await waitUntil('all that was asked has arrived', () => imported().length === 4);
    expect(new Set(imported().map(({ properties }) => properties.messageId)).size).toBe(2);
  });

  it('counts a line whose answer was late', async () => {
    let first = true;
    services.answers.set('product.import', () => {
      if (!first) return { ok: true, value: { id: 'x', outcome: 'created' } };
      first = false;
      return 'no answer';
    });
    expect(await reportIn(await upload(HEADER + lines(1), {}, impatient.url))).toMatchObject({ created: 1 });
  });
});

describe('an import that loses RabbitMQ', () => {
  it('says what was done, and is finished by sending the file again', async () => {
    const broker = await testBroker();
    const double = await ServicesDouble.start(broker.url);
    const line = await TcpProxy.open(broker.url);
    const gateway = await startTestGateway(line.url);
    await untilReady(gateway);
    const answered = () => double.products.size;
    double.answers.set('product.import', ({ data }) => {
      if (answered() === 500) return 'no answer';
      double.products.set(String(data.sku), {} as never);
      return { ok: true, value: { id: 'x', outcome: 'created' } };
    });
    const answering = upload(HEADER + lines(1_000), {}, gateway.url);
    await waitUntil('half of it is done', () => answered() === 500);
    line.refuse();
    const answer = await answering;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('3');
    const problem = await stoppedIn(answer);
    expect(problem).toMatchObject({
      code: 'BROKER_UNAVAILABLE',
      detail: expect.stringContaining('Send the file again'),
    });
    expect(problem.import?.created).toBeLessThanOrEqual(500);
    line.restore();
    await untilReady(gateway);
    double.answers.clear();
    double.products.clear();
    expect(await reportIn(await upload(HEADER + lines(1_000), {}, gateway.url))).toMatchObject({ created: 1_000 });
    await gateway.stop();
    await line.close();
    await double.close();
    await broker.close();
  });
});
