import { type Listening, listen, readText } from './listen.js';
import { MarkdownV2Error, textOfMarkdownV2 } from './markdown-v2.grammar.js';

export const TOKEN = '123456:AAtest-token_0123456789';

export interface SentMessage {
  chat: string;
  /** As a person sees it. */
  text: string;
  markdown: string;
}

/** What a chat answers instead of taking the message. `silence`: nothing, ever. */
export type ChatFault =
  | { status: 400 | 403; description: string }
  | { status: 400; description: string; parameters: { migrate_to_chat_id: number } }
  | { status: 429; retryAfter: number }
  | { status: 500 | 502 }
  | 'silence'
  | 'not json';

const MAX_CHARACTERS = 4096;

/**
 * A local Bot API that answers sendMessage as the real one does: the token in the path, MarkdownV2 parsed before the chat is
 * looked up, the limit of 4096 characters counted after parsing, errors with their words and parameters.
 */
export class TelegramStandIn {
  readonly sent: SentMessage[] = [];
  /** Requests that came, taken or not. */
  requests = 0;
  /** Called with a request at hand, before it is answered. */
  onRequest: () => Promise<void> = async () => {};
  readonly #faults = new Map<string, ChatFault>();
  #server: Listening | undefined;

  static async start(): Promise<TelegramStandIn> {
    const standIn = new TelegramStandIn();
    standIn.#server = await listen(async (incoming, outgoing) => {
      const answer = await standIn.#answer(incoming.url ?? '', await readText(incoming));
      if (answer === 'silence') return;
      outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      outgoing.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
    return standIn;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Has a chat answer like this until it is told otherwise. */
  fail(chat: string, fault: ChatFault): void {
    this.#faults.set(chat, fault);
  }

  recover(chat: string): void {
    this.#faults.delete(chat);
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  async #answer(path: string, body: string): Promise<Answer | 'silence'> {
    this.requests += 1;
    await this.onRequest();
    const token = /^\/bot([^/]+)\/sendMessage$/.exec(path)?.[1];
    // A token of the right form that is nobody's is 401, anything else is no path at all.
    if (token !== TOKEN) return /^\d+:/.test(token ?? '') ? failure(401, 'Unauthorized') : failure(404, 'Not Found');

    const { chat_id: chat, text: markdown = '', parse_mode: mode } = JSON.parse(body) as Record<string, string>;
    if (!chat) return failure(400, 'Bad Request: chat_id is empty');
    const text = readMarkup(markdown, mode);
    if (text instanceof MarkdownV2Error) return failure(400, `Bad Request: can't parse entities: ${text.message}`);
    if (text.trim() === '') return failure(400, 'Bad Request: message text is empty');
    if (text.length > MAX_CHARACTERS) return failure(400, 'Bad Request: message is too long');

    const chatFault = this.#faults.get(chat);
    if (chatFault) return answerOf(chatFault);
    this.sent.push({ chat, text, markdown });
    const result = {
      message_id: this.sent.length,
      date: Math.floor(Date.now() / 1000),
      chat: { id: Number(chat) },
      text,
    };
    return { status: 200, body: { ok: true, result } };
  }
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

function readMarkup(markdown: string, mode: string | undefined): string | MarkdownV2Error {
  if (mode !== 'MarkdownV2') return markdown;
  try {
    return textOfMarkdownV2(markdown);
  } catch (error) {
    if (error instanceof MarkdownV2Error) return error;
    throw error;
  }
}

function answerOf(fault: ChatFault): Answer | 'silence' {
  if (fault === 'silence') return fault;
  if (fault === 'not json') return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' };
  if ('retryAfter' in fault) {
    const { retryAfter } = fault;
    const answer = failure(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });
    return { ...answer, headers: { 'retry-after': String(retryAfter) } };
  }
  if ('description' in fault)
    return failure(fault.status, fault.description, 'parameters' in fault ? fault.parameters : {});
  return failure(fault.status, fault.status === 502 ? 'Bad Gateway' : 'Internal Server Error');
}

const failure = (status: number, description: string, parameters: object = {}): Answer => ({
  status,
  body: {
    ok: false,
    error_code: status,
    description,
    ...(Object.keys(parameters).length > 0 && { parameters }),
  },
});
