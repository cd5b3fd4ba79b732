const groups = { orders: 'order.', stock: 'product.', webhooks: 'webhook.' } as const;

export type Group = keyof typeof groups;

/** Who is told of what. */
export interface Recipient {
  /** A Telegram chat: a number, negative for groups, or the @name of a public channel. */
  chat: string;
  /** Which events; `all` of them, or those of a group. */
  group: Group | 'all';
}

export type ParsedRecipients = { recipients: Recipient[] } | { problem: string };

const CHAT = /^(-?\d{1,19}|@[A-Za-z]\w{3,31})$/;

/** They are sent to at the same time; Telegram takes some 30 messages a second from a bot. */
export const MAX_CHATS = 20;

/**
 * Reads `TELEGRAM_CHAT_ID`: chats separated by commas get everything, `orders=…`, `stock=…` and `webhooks=…` those events;
 * such parts are separated by semicolons: `123;stock=456,-1001`.
 */
export function parseRecipients(text: string): ParsedRecipients {
  const recipients: Recipient[] = [];
  for (const part of text.split(';').filter((part) => part.trim() !== '')) {
    const [first, second, ...rest] = part.split('=').map((side) => side.trim());
    const [group, chats] = second === undefined ? ['all', first] : [first, second];
    if (rest.length > 0 || !isGroup(group))
      return { problem: `"${part.trim()}" is not chats, orders=, stock= or webhooks=` };
    for (const chat of (chats ?? '').split(',').map((chat) => chat.trim())) {
      if (!CHAT.test(chat)) return { problem: `"${chat}" is neither a chat's number nor a channel's @name` };
      recipients.push({ chat, group });
    }
  }
  if (new Set(recipients.map(({ chat }) => chat)).size > MAX_CHATS) return { problem: `at most ${MAX_CHATS} chats` };
  return { recipients };
}

const isGroup = (name: string | undefined): name is Recipient['group'] =>
  name === 'all' || (name !== undefined && Object.hasOwn(groups, name));

/** The chats to tell of an event, each once. */
export const chatsFor = (recipients: readonly Recipient[], eventType: string): string[] => [
  ...new Set(
    recipients.filter(({ group }) => group === 'all' || eventType.startsWith(groups[group])).map(({ chat }) => chat),
  ),
];
