import { type Logger } from '@holdfast/platform';
import { FaultLog } from './fault-log.js';

const lines: unknown[] = [];
const note = (level: string) => (facts: object, message: string) => lines.push({ level, ...facts, message });
const logger = { warn: note('warn'), error: note('error') } as unknown as Pick<Logger, 'warn' | 'error'>;

beforeEach(() => {
  lines.length = 0;
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

describe('FaultLog', () => {
  it('says the first of a kind at once, and counts the others', () => {
    const log = new FaultLog(logger);
    for (let i = 0; i < 1_000; i += 1) log.record('BROKER_UNAVAILABLE', `r${i}`, new Error('no connection'));
    log.record('INTERNAL', 'bug', new TypeError('x is not a function'));
    expect(lines).toEqual([
      expect.objectContaining({ level: 'warn', code: 'BROKER_UNAVAILABLE', requestId: 'r0', reason: 'no connection' }),
      expect.objectContaining({ level: 'error', code: 'INTERNAL', requestId: 'bug', err: expect.any(TypeError) }),
    ]);
    jest.advanceTimersByTime(10_000);
    expect(lines.slice(2)).toEqual([
      expect.objectContaining({ level: 'warn', code: 'BROKER_UNAVAILABLE', failed: 999 }),
    ]);
  });

  it('is silent when it is over, and begins anew', () => {
    const log = new FaultLog(logger);
    log.record('ANSWER_TIMEOUT', 'first', new Error('no answer'));
    jest.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
    log.record('ANSWER_TIMEOUT', 'second', new Error('no answer'));
    expect(lines[1]).toMatchObject({ requestId: 'second' });
  });

  it('says what it has counted when it is closed', () => {
    const log = new FaultLog(logger);
    log.record('OVERLOADED', 'a', new Error('full'));
    log.record('OVERLOADED', 'b', new Error('full'));
    log.close();
    expect(lines[1]).toMatchObject({ code: 'OVERLOADED', failed: 1 });
    expect(jest.getTimerCount()).toBe(0);
  });
});
