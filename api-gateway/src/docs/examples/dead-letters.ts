import {
  type ActLetter,
  type DeadLetterAct,
  type DeadLetterDetail,
  type DeadLetterPage,
  type DeadLetterView,
} from '@holdfast/contracts';

export const DEAD_LETTER: DeadLetterView = {
  id: '6f1d0c5b9a7e48320b1c4d5e6f708192',
  messageId: '019abf2e-7da1-7b6c-9f14-c3e80a5d7126',
  pattern: 'product.stockReserved',
  reason: 'retries-exhausted',
  detail: 'database is locked',
  deadAt: '2026-01-05T09:43:10.000Z',
  redriveCount: 0,
  bytes: 412,
};

export const DEAD_LETTER_DETAIL: DeadLetterDetail = {
  ...DEAD_LETTER,
  correlationId: '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10',
  type: 'product.stockReserved',
  publishedAt: '2026-01-05T09:30:00.000Z',
  headers: { 'x-attempt': 5, 'x-dead-letter-reason': 'retries-exhausted' },
  body: { encoding: 'utf8', content: '{"pattern":"product.stockReserved","data":{}}', truncated: false },
};

export const DEAD_LETTER_PAGE: DeadLetterPage = {
  data: [DEAD_LETTER],
  nextCursor: null,
  depth: 1,
  examined: 1,
  byReason: { 'retries-exhausted': 1 },
};

export const DEAD_LETTER_ACT: DeadLetterAct = {
  id: '019abf52-0c40-7d91-8b3e-71f5a2c6d804',
  queue: 'orders_queue',
  action: 'redrive',
  scope: 'all',
  where: { reason: 'retries-exhausted' },
  by: 'ops',
  reason: 'the disk has room again',
  planned: 1,
  done: 1,
  maxPerSecond: 50,
  state: 'done',
  detail: null,
  begunAt: '2026-01-05T10:08:50.000Z',
  endedAt: '2026-01-05T10:08:50.120Z',
};

export const ACT_LETTER: ActLetter = {
  letterId: DEAD_LETTER.id,
  messageId: DEAD_LETTER.messageId,
  pattern: DEAD_LETTER.pattern,
  reason: DEAD_LETTER.reason,
  outcome: 'done',
  at: '2026-01-05T10:08:50.100Z',
};
