import { aCallback, ORDER_ID, SECRET } from './callbacks.js';
import { PostgrestStandIn, SECRET_KEY, SERVICE_KEY } from './postgrest.stand-in.js';
import { refusalScenarios } from './refusals.scenarios.js';
import { type RunningFunction, type StartFunction } from './running-function.js';

/** The logger with Supabase, on any runtime. */
export function loggerScenarios(start: StartFunction): void {
  let supabase: PostgrestStandIn;
  beforeAll(async () => {
    supabase = await PostgrestStandIn.start();
  });
  afterAll(() => supabase.stop());

  const env = (key: Record<string, string> = { SUPABASE_SERVICE_ROLE_KEY: SERVICE_KEY }) => ({
    WEBHOOK_SECRET: SECRET,
    SUPABASE_URL: supabase.url,
    ...key,
  });
  refusalScenarios('logger', start, env);

  describe('stores', () => {
    let running: RunningFunction;
    beforeAll(async () => {
      running = await start('logger', env());
    });
    afterAll(() => running.kill());
    afterEach(() => {
      supabase.fault = undefined;
    });

    const storedWith = (id: string) => supabase.events.filter((row) => row.id === id);

    it('the fields of an event, once, however often it comes', async () => {
      const callback = aCallback('order.confirmed');
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'stored' } });
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'repeat' } });
      expect(storedWith(callback.id)).toEqual([
        expect.objectContaining({
          order_id: ORDER_ID,
          status: 'CONFIRMED',
          amount: 2500,
          currency: 'EUR',
          payload: callback,
        }),
      ]);
    });

    it('an event once that comes twice at the same time', async () => {
      const callback = aCallback('order.cancelled');
      const answers = await Promise.all([running.deliver(callback), running.deliver(callback)]);
      expect(answers.map(({ body }) => body)).toEqual(
        expect.arrayContaining([{ status: 'stored' }, { status: 'repeat' }]),
      );
      expect(storedWith(callback.id)).toHaveLength(1);
    });

    it.each([401, 404, 500, 503])('nothing while Supabase answers %d: 503, and the retry succeeds', async (fault) => {
      const callback = aCallback('order.confirmed');
      supabase.fault = fault;
      expect(await running.deliver(callback)).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
      supabase.fault = undefined;
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'stored' } });
    });

    it('and keeps its secrets out of its log', () => {
      expect(running.output).toContain('"status":"stored"');
      expect(running.output).not.toContain(SERVICE_KEY);
      expect(running.output).not.toContain(SECRET);
    });
  });

  it('stores with one of the new keys, which are no JWTs', async () => {
    const running = await start('logger', env({ SUPABASE_SECRET_KEYS: JSON.stringify({ default: SECRET_KEY }) }));
    expect(await running.deliver(aCallback('webhook.test'))).toMatchObject({ body: { status: 'stored' } });
    await running.kill();
  });

  it('answers 503 where Supabase cannot be reached, and for a key that is not its', async () => {
    const closed = await PostgrestStandIn.start();
    await closed.stop();
    const away = await start('logger', { ...env(), SUPABASE_URL: closed.url });
    expect((await away.deliver(aCallback('webhook.test'))).status).toBe(503);
    await away.kill();
    const stranger = await start('logger', env({ SUPABASE_SERVICE_ROLE_KEY: 'eyJ.another.key' }));
    expect((await stranger.deliver(aCallback('webhook.test'))).status).toBe(503);
    await stranger.kill();
  });
}
