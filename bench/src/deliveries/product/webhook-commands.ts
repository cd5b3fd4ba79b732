import { type Channel, type ChannelModel, type ConsumeMessage, connect } from 'amqplib';
import { within } from '../../processes/poll.js';
import { Teardown } from '../../processes/teardown.js';
import { uuidV7 } from '../../uuid-v7.js';

const COMMANDS_QUEUE = 'webhooks_queue';
const REPLY_TO = 'amq.rabbitmq.reply-to';
const ANSWER_TIMEOUT_MS = 30_000;

/** What the service answers: Nest's envelope around the contract's reply. */
interface Answer {
  response?: { ok: boolean; value: unknown; error?: { code: string; detail: string } };
  err?: { message: string };
}

/** Commands to the webhook publisher over RabbitMQ, as the gateway sends them. */
export class WebhookCommands {
  readonly #waiting = new Map<string, (content: Buffer) => void>();

  private constructor(private readonly channel: Channel) {}

  static async open(amqpUrl: string, teardown: Teardown): Promise<WebhookCommands> {
    const connection: ChannelModel = await connect(amqpUrl);
    // A broker that is gone shows in the command that is not answered.
    connection.on('error', () => undefined);
    teardown.defer('the commands', () => connection.close());
    const commands = new WebhookCommands(await connection.createChannel());
    await commands.channel.consume(REPLY_TO, (reply) => commands.#answered(reply), { noAck: true });
    return commands;
  }

  /** Resolves to the value that the command is answered with; rejects when it is refused or not answered in time. */
  async send(pattern: string, data: object): Promise<unknown> {
    const id = uuidV7();
    const answered = new Promise<Buffer>((resolve) => this.#waiting.set(id, resolve));
    this.channel.sendToQueue(COMMANDS_QUEUE, Buffer.from(JSON.stringify({ pattern, data, id })), {
      messageId: id,
      correlationId: id,
      replyTo: REPLY_TO,
      type: pattern,
      persistent: true,
    });
    const content = await within(ANSWER_TIMEOUT_MS, `an answer to ${pattern}`, answered);
    const { response } = JSON.parse(content.toString()) as Answer;
    if (response?.ok) return response.value;
    throw new Error(`${pattern} was refused: ${content}`);
  }

  #answered(reply: ConsumeMessage | null): void {
    const id = String(reply?.properties.correlationId);
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (reply !== null) resolve?.(reply.content);
  }
}
