import { SeededRandom } from '@holdfast/testing';
import { Buyer, type Known } from './buyer.js';
import { type Outcome, UNKNOWN } from './shop-client.js';

const ACTS = 300;

/** What a buyer has asked for, where others know so many orders and every so-manieth attempt has no answer. */
async function askedBy(seed: number, { others, unanswered }: { others: number; unanswered: number }) {
  const asked: string[] = [];
  let attempts = 0;
  const answer = (status: number): Outcome => {
    attempts += 1;
    if (attempts % unanswered === 0) return UNKNOWN;
    return { status, order: { id: `order-${attempts}`, status: 'PENDING', version: 1 } };
  };
  const shop = {
    place: async (key: string, items: object[]) => {
      asked.push(`order ${key.startsWith('one') ? key : 'of another'} ${JSON.stringify(items)}`);
      return answer(201);
    },
    read: async () => {
      asked.push('look');
      return answer(200);
    },
    cancel: async () => {
      asked.push('cancel');
      return answer(200);
    },
  };
  const known: Known = {
    orders: Array.from({ length: others }, (_, number) => `theirs-${number}`),
    purchases: Array.from({ length: others }, (_, number) => ({ key: `theirs-${number}`, items: [] })),
    accepted: () => undefined,
  };
  const buyer = new Buyer('one', new SeededRandom(seed), shop, known, { retryMs: 0, patienceMs: 60_000 });
  for (let act = 0; act < ACTS; act += 1) await buyer.act();
  return asked;
}

const ALWAYS_ANSWERED = { others: 0, unanswered: Number.POSITIVE_INFINITY };

it('orders the same by the same seed, whatever others do and however often it has to ask', async () => {
  const alone = await askedBy(7, ALWAYS_ANSWERED);
  const among = await askedBy(7, { others: 500, unanswered: 3 });
  // Each purchase once: what is asked again, or repeated later, is the same.
  const purchases = (asked: string[]) => [...new Set(asked.filter((what) => what.startsWith('order one')))];
  expect(purchases(among)).toEqual(purchases(alone));
});

it('does the same kinds of things in the same order by the same seed', async () => {
  const alone = await askedBy(7, ALWAYS_ANSWERED);
  const among = await askedBy(7, { ...ALWAYS_ANSWERED, others: 500 });
  const kinds = (asked: string[]) => asked.map((what) => what.split(' ')[0]);
  expect(kinds(among)).toEqual(kinds(alone));
});

it('orders something else by another seed', async () => {
  expect(await askedBy(7, ALWAYS_ANSWERED)).not.toEqual(await askedBy(8, ALWAYS_ANSWERED));
});
