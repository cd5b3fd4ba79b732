import { chatsFor, MAX_CHATS, parseRecipients } from './recipients.ts';

function chats(text: string, eventType: string): string[] {
  const parsed = parseRecipients(text);
  return 'recipients' in parsed ? chatsFor(parsed.recipients, eventType) : [];
}

describe('recipients', () => {
  it.each([
    ['123', 'order.confirmed', ['123']],
    ['123, -1001,@shop_news', 'webhook.test', ['123', '-1001', '@shop_news']],
    ['orders=123,-1001;stock=456', 'order.cancelled', ['123', '-1001']],
    ['orders=123,-1001;stock=456', 'product.stockLow', ['456']],
    ['orders=123,-1001;stock=456', 'webhook.disabled', []],
    ['123 ; stock = 456 ; webhooks=789', 'product.stockAdjusted', ['123', '456']],
    ['123;stock=123,456', 'product.stockLow', ['123', '456']],
    ['', 'order.confirmed', []],
    ['123;', 'order.confirmed', ['123']],
  ])('of "%s", for %s, are %j', (text, eventType, expected) => expect(chats(text, eventType)).toEqual(expected));

  it.each([
    ['shop', '"shop" is neither'],
    ['123,,456', '"" is neither'],
    ['orders=', '"" is neither'],
    ['invoices=123', '"invoices=123" is not'],
    ['orders=123=456', '"orders=123=456" is not'],
    ['constructor=123', '"constructor=123" is not'],
    [Array.from({ length: MAX_CHATS + 1 }, (_, index) => index + 1).join(','), 'at most 20 chats'],
  ])('refuses "%s"', (text, problem) => {
    expect(parseRecipients(text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
