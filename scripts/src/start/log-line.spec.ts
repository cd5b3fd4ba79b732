import { type LogLineStyle, renderLogLine, renderOwnLine } from './log-line.js';

const plain: LogLineStyle = { nameWidth: 8, colour: false };
const noon = new Date(2026, 0, 2, 12, 3, 4, 56);

function record(fields: object): string {
  return JSON.stringify({ level: 30, time: noon.getTime(), pid: 7, hostname: 'box', msg: 'started', ...fields });
}

describe('a line of a part', () => {
  it.each([
    ['a message', {}, '12:03:04.056  orders    INFO   started'],
    [
      'its fields',
      { port: 3002, path: '/a b', none: null },
      '12:03:04.056  orders    INFO   started  port=3002  path="/a b"  none=null',
    ],
    ['an object as JSON', { order: { id: 1 } }, '12:03:04.056  orders    INFO   started  order={"id":1}'],
    ['another level', { level: 50 }, '12:03:04.056  orders    ERROR  started'],
    ['a level in words', { level: 'warn' }, '12:03:04.056  orders    WARN   started'],
    ['a level of its own', { level: 35 }, '12:03:04.056  orders    35     started'],
    ['a time in words', { time: noon.toISOString() }, '12:03:04.056  orders    INFO   started'],
    ['no message', { msg: undefined, a: 1 }, '12:03:04.056  orders    INFO   a=1'],
    [
      'an error with its stack',
      { err: { message: 'no', stack: 'Error: no\n at x' } },
      '12:03:04.056  orders    INFO   started  \n    Error: no\n     at x',
    ],
    ['an error without one', { err: { message: 'no' } }, '12:03:04.056  orders    INFO   started  err=no'],
  ])('shows %s', (_, fields, expected) => {
    expect(renderLogLine('orders', record(fields), plain, new Date(0))).toBe(expected);
  });

  it.each([['plain text'], ['{"level":'], ['{"no":"level"}'], ['']])('passes %j on behind the name', (line) => {
    expect(renderLogLine('orders', line, plain, noon)).toBe(`12:03:04.056  orders    ${line}`);
  });

  it('is coloured only when asked', () => {
    expect(renderLogLine('orders', record({}), { ...plain, colour: true }, noon)).toContain('\u001b[32mINFO \u001b[0m');
    expect(renderLogLine('orders', record({}), plain, noon)).not.toContain('\u001b');
  });
});

it('puts the launcher itself into the same columns', () => {
  expect(renderOwnLine('WARN', 'orders ended', plain, noon)).toBe('12:03:04.056  start     WARN   orders ended');
});
