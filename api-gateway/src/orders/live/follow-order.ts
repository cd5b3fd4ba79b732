import { RECONNECT_S } from '@holdfast/messaging';
import { type FastifyReply } from 'fastify';
import { type Backend, type Origin } from '../../backend.js';
import { ProblemError } from '../../http/problem.js';
import { type FinalOrderEvents } from '../final-order-events.js';
import { EventStream } from './event-stream.js';
import { type OpenStreams } from './open-streams.js';
import { type Following, OrderFollower } from './order-follower.js';

interface Options {
  heartbeatMs: number;
  /** How long a caller waits for RabbitMQ to take the subscription. */
  listenTimeoutMs: number;
  /** A reader that does not read was cut off. */
  onCut: () => void;
}

/** Answers with what happens to an order, as it happens. */
export class FollowOrder {
  constructor(
    private readonly backend: Pick<Backend, 'ask'>,
    private readonly streams: OpenStreams,
    private readonly events: Pick<FinalOrderEvents, 'listen' | 'rest'>,
    private readonly options: Options,
  ) {}

  /**
   * Listens first and looks then, so that no change falls between the two. Resolves when the answer has begun, or is 204
   * because nothing is left to tell: a browser then does not connect again (HTML standard, section 9.2.3).
   *
   * @throws ProblemError ORDER_NOT_FOUND, OVERLOADED, TOO_MANY_REQUESTS, BROKER_UNAVAILABLE, ANSWER_TIMEOUT; then nothing
   * was sent.
   */
  async execute(following: Following, origin: Origin, reply: FastifyReply): Promise<void> {
    const { raw } = reply;
    if (raw.destroyed) return abandon(reply);
    const follower = new OrderFollower(this.backend, following);
    this.streams.enter(follower);
    const listening = this.events.listen();
    // Whatever ends the answer, the client's leaving among it.
    raw.once('close', () => this.leave(follower));
    await this.untilHeard(listening);
    const found = await follower.look(origin);
    if (raw.destroyed) return abandon(reply);
    if (follower.closed) throw unavailable('The gateway stops. Connect again: another one answers.');
    if (!found) {
      reply.code(204).send();
      return;
    }
    follower.begin(new EventStream(reply, this.options), found);
    if (follower.calledEarly) this.streams.readAgain(follower);
  }

  private leave(follower: OrderFollower): void {
    follower.closed = true;
    this.streams.leave(follower);
    this.events.rest();
  }

  /** RabbitMQ answers no subscription while it blocks its publishers. */
  private async untilHeard(listening: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      const refuse = () => reject(unavailable('Changes of orders cannot be heard right now.'));
      timer = setTimeout(refuse, this.options.listenTimeoutMs);
    });
    try {
      await Promise.race([listening, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Nobody is there any more to be answered. */
function abandon(reply: FastifyReply): void {
  reply.hijack();
}

const unavailable = (detail: string): ProblemError =>
  new ProblemError('BROKER_UNAVAILABLE', detail, { headers: { 'retry-after': String(RECONNECT_S) } });
