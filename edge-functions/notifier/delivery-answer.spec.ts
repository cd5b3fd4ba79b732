import { deliveryAnswer } from './delivery-answer.ts';
import { type ChatOutcome } from './notify-chat.ts';

const sent: ChatOutcome = { outcome: 'sent' };
const repeat: ChatOutcome = { outcome: 'repeat' };
const taken: ChatOutcome = { outcome: 'taken' };
const unrecorded: ChatOutcome = { outcome: 'unrecorded' };
const refused: ChatOutcome = { outcome: 'refused', why: '403' };
const failed: ChatOutcome = { outcome: 'failed', why: '500' };
const paused = (retryAfterSeconds: number): ChatOutcome => ({ outcome: 'paused', retryAfterSeconds, why: '429' });

describe('deliveryAnswer', () => {
  it.each<[ChatOutcome[], object]>([
    [[sent], { status: 'sent', sent: 1, refused: 0, repeated: 0 }],
    [[sent, refused, repeat], { status: 'sent', sent: 1, refused: 1, repeated: 1 }],
    [[refused], { status: 'refused', sent: 0, refused: 1, repeated: 0 }],
    [[repeat, repeat], { status: 'repeat' }],
  ])('answers %j with 200 and %j', async (outcomes, body) => {
    const response = deliveryAnswer(outcomes);
    expect([response.status, await response.json()]).toEqual([200, body]);
  });

  it.each<[ChatOutcome[], number, string, string | null]>([
    [[sent, paused(3), failed, paused(7)], 429, 'RATE_LIMITED', '7'],
    [[sent, failed, taken], 503, 'TELEGRAM_UNAVAILABLE', null],
    [[repeat, unrecorded], 503, 'STORE_UNAVAILABLE', null],
    [[sent, taken], 409, 'DELIVERY_IN_PROGRESS', null],
  ])('answers %j with %d %s, Retry-After %s', async (outcomes, status, code, retryAfter) => {
    const response = deliveryAnswer(outcomes);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(response.headers.get('retry-after')).toBe(retryAfter);
  });
});
