import { waitUntil } from '@holdfast/testing';
import { aCallback, SECRET } from './callbacks.js';
import { PostgrestStandIn, SERVICE_KEY } from './postgrest.stand-in.js';
import { refusalScenarios } from './refusals.scenarios.js';
import { type Env, type RunningFunction, type StartFunction } from './running-function.js';
import { type ChatFault, TelegramStandIn, TOKEN } from './telegram.stand-in.js';

const [SHOP, WAREHOUSE] = ['123', '-1001'];

/** The notifier against the stand-in of the Bot API, on any runtime. */
export function notifierScenarios(start: StartFunction, ownEnv: () => Env = () => ({})): void {
  let telegram: TelegramStandIn;
  beforeAll(async () => {
    telegram = await TelegramStandIn.start();
  });
  afterAll(() => telegram.stop());
  afterEach(() => {
    telegram.recover(SHOP);
    telegram.recover(WAREHOUSE);
    telegram.sent.length = 0;
  });

  const env = (): Env => ({
    WEBHOOK_SECRET: SECRET,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_CHAT_ID: SHOP,
    TELEGRAM_API_URL: telegram.url,
    ...ownEnv(),
  });
  refusalScenarios('notifier', start, env);

  describe('sends', () => {
    let running: RunningFunction;
    beforeAll(async () => {
      running = await start('notifier', env());
    });
    afterAll(() => running.kill());

    const texts = () => telegram.sent.map(({ text }) => text);

    it('a message that Telegram takes, once, however often the event comes', async () => {
      const callback = aCallback('order.confirmed', { reference: 'A_1.*[x](y)' });
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'sent' } });
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'repeat' } });
      expect(texts()).toEqual(['✅ Your order A_1.*[x](y) is confirmed: 2 × Blue mug, 25.00 EUR']);
    });

    it('a message once for an event that comes twice at the same time', async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      telegram.onRequest = () => held;
      const callback = aCallback('order.confirmed');
      const requests = telegram.requests;
      const first = running.deliver(callback);
      await waitUntil('the first is on its way to Telegram', () => telegram.requests > requests);
      expect(await running.deliver(callback)).toMatchObject({ status: 409, body: { code: 'DELIVERY_IN_PROGRESS' } });
      release();
      telegram.onRequest = async () => {};
      expect(await first).toMatchObject({ status: 200 });
      expect(texts()).toHaveLength(1);
    });

    it('nothing of an event that nobody cares about', async () => {
      expect(await running.deliver(aCallback('order.created'))).toMatchObject({ body: { status: 'ignored' } });
      expect(texts()).toEqual([]);
    });

    it('later, where Telegram asks for a pause: 429 with its Retry-After', async () => {
      telegram.fail(SHOP, { status: 429, retryAfter: 17 });
      const callback = aCallback('order.confirmed');
      const { status, headers } = await running.deliver(callback);
      expect([status, headers.get('retry-after')]).toEqual([429, '17']);
      telegram.recover(SHOP);
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'sent' } });
    });

    it.each<ChatFault>([{ status: 500 }, { status: 502 }, 'not json'])(
      'again where Telegram answers %j: 503',
      async (fault) => {
        telegram.fail(SHOP, fault);
        const callback = aCallback('order.confirmed');
        expect(await running.deliver(callback)).toMatchObject({ status: 503, body: { code: 'TELEGRAM_UNAVAILABLE' } });
        telegram.recover(SHOP);
        expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'sent' } });
      },
    );

    it.each<ChatFault>([
      { status: 403, description: 'Forbidden: bot was blocked by the user' },
      { status: 400, description: 'Bad Request: chat not found' },
    ])('nothing more where Telegram refuses for good, %j: 200 and a line in the log', async (fault) => {
      telegram.fail(SHOP, fault);
      const callback = aCallback('order.confirmed');
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'refused' } });
      telegram.recover(SHOP);
      expect(await running.deliver(callback)).toMatchObject({ status: 200, body: { status: 'repeat' } });
      expect(running.output).toContain('description' in Object(fault) ? Object(fault).description : '');
    });

    it('to the new number of a group that has become a supergroup', async () => {
      const description = 'Bad Request: group chat was upgraded to a supergroup chat';
      telegram.fail(SHOP, { status: 400, description, parameters: { migrate_to_chat_id: -100123 } });
      expect(await running.deliver(aCallback('order.confirmed'))).toMatchObject({ body: { status: 'sent' } });
      expect(telegram.sent.map(({ chat }) => chat)).toEqual(['-100123']);
    });

    it('and keeps its secrets out of its log', () => {
      expect(running.output).toContain('message sent');
      expect(running.output).not.toContain(TOKEN);
      expect(running.output).not.toContain(SECRET);
    });
  });

  it('speaks Spanish, and sends on a retry only to those who did not get it', async () => {
    const chats = { TELEGRAM_CHAT_ID: `${SHOP};orders=${WAREHOUSE}`, NOTIFIER_LANGUAGE: 'es' };
    const running = await start('notifier', { ...env(), ...chats });
    telegram.fail(WAREHOUSE, { status: 500 });
    const callback = aCallback('order.confirmed');
    expect((await running.deliver(callback)).status).toBe(503);
    telegram.recover(WAREHOUSE);
    expect((await running.deliver(callback)).status).toBe(200);
    const text = '✅ Tu pedido R-1 está confirmado: 2 × Blue mug, 25,00 EUR';
    expect(telegram.sent.map(({ chat, text }) => ({ chat, text }))).toEqual([
      { chat: SHOP, text },
      { chat: WAREHOUSE, text },
    ]);
    await running.kill();
  });

  describe('keeps its token to itself', () => {
    const failsQuietly = async (wrong: Env) => {
      const running = await start('notifier', { ...env(), ...wrong });
      const { status, body } = await running.deliver(aCallback('order.confirmed'));
      expect([status, body]).toEqual([503, expect.objectContaining({ code: 'TELEGRAM_UNAVAILABLE' })]);
      await waitUntil('it says so in its log', () => running.output.includes('could not be sent'));
      expect(running.output).not.toMatch(/AAnot-a-token|AAtest-token/);
      await running.kill();
    };

    it('where Telegram does not know it: 503', () => failsQuietly({ TELEGRAM_BOT_TOKEN: '999:AAnot-a-token' }));

    it('where Telegram cannot be reached: 503', async () => {
      const gone = await TelegramStandIn.start();
      await gone.stop();
      await failsQuietly({ TELEGRAM_API_URL: gone.url });
    });
  });

  it('prints what it would send where it has no token', async () => {
    const running = await start('notifier', { WEBHOOK_SECRET: SECRET, TELEGRAM_CHAT_ID: SHOP, ...ownEnv() });
    expect(await running.deliver(aCallback('order.confirmed'))).toMatchObject({
      status: 200,
      body: { status: 'sent' },
    });
    const line = `would send to ${SHOP}: ✅ Your order R-1 is confirmed: 2 × Blue mug, 25.00 EUR`;
    await waitUntil('it is printed', () => running.output.includes(line));
    await running.kill();
  });

  it('remembers in Supabase what it sent, so that a restart sends nothing twice', async () => {
    const supabase = await PostgrestStandIn.start();
    const withSupabase = { ...env(), SUPABASE_URL: supabase.url, SUPABASE_SERVICE_ROLE_KEY: SERVICE_KEY };
    const callback = aCallback('order.confirmed');
    const first = await start('notifier', withSupabase);
    expect(await first.deliver(callback)).toMatchObject({ body: { status: 'sent' } });
    await first.kill();
    const second = await start('notifier', withSupabase);
    expect(await second.deliver(callback)).toMatchObject({ body: { status: 'repeat' } });
    supabase.fault = 503;
    expect(await second.deliver(aCallback('order.confirmed'))).toMatchObject({ status: 503 });
    await second.kill();
    await supabase.stop();
    expect(telegram.sent).toHaveLength(1);
  });
}
