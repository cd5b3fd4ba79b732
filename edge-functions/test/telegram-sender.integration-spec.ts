import { FormattedText, formatted } from '../notifier/formatted-text.ts';
import { TelegramSender } from '../notifier/telegram.sender.ts';
import { silentLog } from './silent-log.js';
import { TelegramStandIn, TOKEN } from './telegram.stand-in.js';

describe('TelegramSender', () => {
  let telegram: TelegramStandIn;
  beforeAll(async () => {
    telegram = await TelegramStandIn.start();
  });
  afterAll(() => telegram.stop());

  const sender = (token = TOKEN, timeoutMs = 5_000) =>
    new TelegramSender({ apiUrl: telegram.url, token, timeoutMs, log: silentLog });

  it('gives up on a Telegram that does not answer', async () => {
    telegram.fail('1', 'silence');
    const outcome = await sender(TOKEN, 200).send('1', formatted`hello`);
    expect(outcome).toEqual({ outcome: 'failed', why: expect.stringMatching(/timeout/i) });
  });

  it.each([
    ['nobody’s token', '999:AAother', '401 Unauthorized'],
    ['what is no token', 'nonsense', '404 Not Found'],
  ])('with %s fails', async (_name, token, why) => {
    expect(await sender(token).send('2', formatted`hello`)).toEqual({ outcome: 'failed', why });
  });

  it.each([
    ['unescaped', 'It costs 2.50', "can't parse entities: Character '.' is reserved and must be escaped"],
    ['too long', 'x'.repeat(4097), 'message is too long'],
    ['empty', ' ', 'message text is empty'],
  ])('is told that a text is %s', async (_name, markdown, why) => {
    const outcome = await sender().send('2', new FormattedText(markdown, markdown));
    expect(outcome).toEqual({ outcome: 'refused', why: expect.stringContaining(why) });
  });

  it('counts the limit without the escapes', async () => {
    expect(await sender().send('2', formatted`${'.'.repeat(4096)}`)).toEqual({ outcome: 'sent' });
  });
});
