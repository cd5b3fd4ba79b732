import { readTelegramAnswer, type TelegramOutcome } from './telegram-answer.ts';

const failure = (error_code: number, description: string, parameters?: object) => ({
  ok: false,
  error_code,
  description,
  ...(parameters && { parameters }),
});

describe('readTelegramAnswer', () => {
  it.each<[number, unknown, TelegramOutcome]>([
    [200, { ok: true, result: { message_id: 1 } }, { outcome: 'sent' }],
    [
      429,
      failure(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
      { outcome: 'paused', retryAfterSeconds: 7, why: '429 Too Many Requests: retry after 7' },
    ],
    [429, { parameters: { retry_after: 1.2 } }, { outcome: 'paused', retryAfterSeconds: 2, why: '429' }],
    [429, { parameters: { retry_after: -1 } }, { outcome: 'paused', retryAfterSeconds: 60, why: '429' }],
    [429, undefined, { outcome: 'paused', retryAfterSeconds: 60, why: '429' }],
    [
      400,
      failure(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1001 }),
      { outcome: 'moved', chat: '-1001' },
    ],
    [400, failure(400, 'Bad Request: chat not found'), { outcome: 'refused', why: '400 Bad Request: chat not found' }],
    [
      403,
      failure(403, 'Forbidden: bot was blocked by the user'),
      { outcome: 'refused', why: '403 Forbidden: bot was blocked by the user' },
    ],
    [401, failure(401, 'Unauthorized'), { outcome: 'failed', why: '401 Unauthorized' }],
    [404, failure(404, 'Not Found'), { outcome: 'failed', why: '404 Not Found' }],
    [500, failure(500, 'Internal Server Error'), { outcome: 'failed', why: '500 Internal Server Error' }],
    [502, undefined, { outcome: 'failed', why: '502' }],
    [200, undefined, { outcome: 'failed', why: '200' }],
    [200, [], { outcome: 'failed', why: '200' }],
    [200, { ok: false }, { outcome: 'failed', why: '200' }],
  ])('of %d %j makes %j', (status, body, expected) => expect(readTelegramAnswer(status, body)).toEqual(expected));
});
