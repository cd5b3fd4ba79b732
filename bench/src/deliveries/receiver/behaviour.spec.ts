import { answerOf } from './behaviour.js';

describe('the answer of an endpoint', () => {
  it.each([
    ['well', ['HTTP/1.1 200 OK']],
    ['fails', ['HTTP/1.1 500 Internal Server Error']],
    ['redirects', ['HTTP/1.1 302 Found', 'location: /elsewhere']],
  ] as const)('that behaves as "%s" is whole, with its length', (behaviour, begin) => {
    const [head, body] = (answerOf(behaviour)?.toString() ?? '').split('\r\n\r\n');
    expect(head?.split('\r\n')).toEqual([...begin, 'content-type: text/plain', 'content-length: 2']);
    expect(body).toBe('ok');
  });

  it('that hangs is none', () => {
    expect(answerOf('hangs')).toBeUndefined();
  });
});
