import { headerIn, ReceivedRequest, RequestParser } from './request-parser.js';

const request = (body: string) =>
  `POST /callbacks HTTP/1.1\r\nhost: 127.0.0.1\r\nwebhook-id: ${body}-id\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

function parse(...chunks: string[]): { id: string | undefined; body: string }[] {
  const parser = new RequestParser();
  const requests: ReceivedRequest[] = [];
  for (const chunk of chunks) parser.feed(Buffer.from(chunk), (received) => requests.push(received));
  return requests.map(({ head, body }) => ({ id: headerIn(head, 'webhook-id'), body: body.toString() }));
}

describe('the parser of requests', () => {
  it('reads one request in one chunk', () => {
    expect(parse(request('one'))).toEqual([{ id: 'one-id', body: 'one' }]);
  });

  it('reads several requests in one chunk', () => {
    expect(parse(request('one') + request('zwölf')).map(({ body }) => body)).toEqual(['one', 'zwölf']);
  });

  it('reads requests that are cut anywhere', () => {
    const bytes = request('one') + request('two');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(parse(bytes.slice(0, cut), bytes.slice(cut)).map(({ body }) => body)).toEqual(['one', 'two']);
    }
  });

  it('refuses a request whose length it is not told', () => {
    expect(() => parse('POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n')).toThrow('without content-length');
  });
});

describe('headerIn', () => {
  it('finds the last field and no part of another', () => {
    const head = 'POST / HTTP/1.1\r\nx-webhook-id: wrong\r\nwebhook-id: right';
    expect(headerIn(head, 'webhook-id')).toBe('right');
    expect(headerIn(head, 'id')).toBeUndefined();
  });
});
