import { messageOf } from './log.ts';

describe('messageOf', () => {
  it('tells the causes too', () => {
    const error = new Error('fetch failed', { cause: new Error('connect', { cause: 'ECONNREFUSED' }) });
    expect(messageOf(error)).toBe('fetch failed: connect: ECONNREFUSED');
  });

  it('takes what is no error', () => expect(messageOf(404)).toBe('404'));
});
