import { newId } from '@holdfast/contracts';
import { NoAnswerError, RequestNotSentError } from '@holdfast/messaging';
import { Backend } from './backend.js';

const origin = { requestId: newId() };
const orderId = newId();

/** A backend whose services answer with this, or fail with this error. */
function backendThat(outcome: unknown): Backend {
  const request = () => (outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome));
  return new Backend({ request }, 1_000);
}

const shop = { role: 'client', clientId: 'shop' } as const;

const show = (outcome: unknown) => backendThat(outcome).ask('orders.get', { caller: shop, orderId }, origin);
const place = (outcome: unknown) =>
  backendThat(outcome).ask('orders.create', { clientId: 'shop', items: [{ productId: 'lamp', quantity: 1 }] }, origin);

describe('Backend', () => {
  it('gives the value of an accepted request', async () => {
    await expect(show({ ok: true, value: { id: orderId } })).resolves.toEqual({ id: orderId });
  });

  it('throws a refusal with its own code and words', async () => {
    const refusal = { ok: false, error: { code: 'ORDER_NOT_FOUND', detail: 'There is no such order.' } };
    await expect(show(refusal)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND', message: 'There is no such order.' });
  });

  it.each(['OVERLOADED', 'DATABASE_UNAVAILABLE'])(
    'says when to try again what a service cannot do right now: %s',
    async (code) => {
      const refusal = { ok: false, error: { code, detail: 'Not now.' } };
      await expect(show(refusal)).rejects.toMatchObject({ status: 503, extras: { headers: { 'retry-after': '1' } } });
    },
  );

  it.each([
    [1_000, 20_000, 20_000],
    [30_000, 20_000, 30_000],
    [1_000, undefined, 1_000],
  ])('with %i ms for every request, and %p for this one, waits %i', async (timeoutMs, atLeastMs, waited) => {
    const asked: number[] = [];
    const rpc = {
      request: async (_pattern: string, _data: unknown, options: { timeoutMs: number }) => {
        asked.push(options.timeoutMs);
        return { ok: true, value: null };
      },
    };
    await new Backend(rpc, timeoutMs).ask('webhooks.test', { caller: shop, webhookId: newId() }, origin, atLeastMs);
    expect(asked).toEqual([waited]);
  });

  it.each([
    ['BROKER_UNAVAILABLE', '3'],
    ['OVERLOADED', '1'],
  ] as const)('says that nothing was done, and when to try again: %s', async (code, seconds) => {
    await expect(place(new RequestNotSentError(code, 'why'))).rejects.toMatchObject({
      code,
      status: 503,
      message: expect.stringContaining('Nothing was done'),
      extras: { headers: { 'retry-after': seconds } },
    });
  });

  it('says of a command without an answer that its outcome is unknown, of a query only to ask again', async () => {
    const unknown = { code: 'ANSWER_TIMEOUT', status: 504 };
    await expect(place(new NoAnswerError('none'))).rejects.toMatchObject({
      ...unknown,
      message: expect.stringContaining('same Idempotency-Key'),
    });
    await expect(show(new NoAnswerError('none'))).rejects.toMatchObject({ ...unknown, message: 'Repeat the request.' });
  });

  it.each([
    undefined,
    null,
    'ok',
    {},
    { ok: true },
    { ok: false },
    { ok: false, error: null },
    { ok: false, error: { code: 'NO_SUCH_CODE', detail: 'x' } },
    { ok: false, error: { code: 'toString', detail: 'x' } },
    { ok: false, error: { code: 'SKU_TAKEN' } },
  ])('takes %j for no answer at all', async (reply) => {
    await expect(show(reply)).rejects.toThrow('not what the contract says');
  });
});
