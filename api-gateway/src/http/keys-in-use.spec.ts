import { KeysInUse, keyInUseOf } from './keys-in-use.js';

/** Work that ends when it is told to. */
function aWork() {
  let end!: (outcome: 'done' | Error) => void;
  const running = new Promise<string>((resolve, reject) => {
    end = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
  });
  return { end, work: () => running };
}

describe('keys in use', () => {
  it('are refused until the first request has come to its end', async () => {
    const keys = new KeysInUse();
    const first = aWork();
    const answer = keys.during('a', first.work);
    await expect(keys.during('a', async () => 'never')).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_IN_USE',
      status: 409,
      extras: { headers: { 'retry-after': '1' } },
    });
    first.end('done');
    await expect(answer).resolves.toBe('done');
    await expect(keys.during('a', async () => 'again')).resolves.toBe('again');
  });

  it('are free again when the first request has failed', async () => {
    const keys = new KeysInUse();
    const first = aWork();
    const answer = keys.during('a', first.work);
    first.end(new Error('no answer'));
    await expect(answer).rejects.toThrow('no answer');
    await expect(keys.during('a', async () => 'again')).resolves.toBe('again');
  });

  it('stand in the way of no other key, and of no request without one', async () => {
    const keys = new KeysInUse();
    const first = aWork();
    const answers = [keys.during('a', first.work), keys.during(undefined, first.work)];
    await expect(keys.during('b', async () => 'b')).resolves.toBe('b');
    await expect(keys.during(undefined, async () => 'none')).resolves.toBe('none');
    first.end('done');
    await Promise.all(answers);
  });
});

describe('the key of a request', () => {
  const caller = { role: 'operator', clientId: 'ops' };

  it.each([
    ['orders.create', { clientId: 'shop', idempotencyKey: 'k' }, 'orders.create shop k'],
    ['webhooks.create', { caller, idempotencyKey: 'k' }, 'webhooks.create ops k'],
    ['orders.create', { clientId: 'shop' }, undefined],
    ['orders.cancel', { caller, orderId: 'o' }, undefined],
  ])('of %s with %j is %j', (pattern, data, key) => {
    expect(keyInUseOf(pattern, data)).toBe(key);
  });
});
