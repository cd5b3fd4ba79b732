import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

const POLL_MS = 1_000;

// A gateway that does not answer is one that was killed, or one of a machine that has other things to do at this moment.
const MISSED_POLLS = 3;

/** How many requests were answered with each status. */
export type Answers = Map<number, number>;

interface Target {
  url: string;
  ready: boolean;
  /** Questions in a row that it has not answered. */
  missed: number;
  /** Connections that are kept, as a balancer does. */
  agent: Agent;
}

/**
 * A load balancer as teams have one: asks every gateway for its readiness once a second, sends each request to the next
 * one that was ready then, keeps its connections, and tries nothing twice. It does not know that a gateway stops.
 */
export class LoadBalancer {
  readonly answers: Answers = new Map();
  /** Requests that a gateway did not answer, with the reason. */
  readonly broken: string[] = [];
  private turn = 0;
  private readonly polls: NodeJS.Timeout;

  private constructor(
    private readonly server: Server,
    private readonly targets: readonly Target[],
  ) {
    server.on('request', (incoming, outgoing) => this.pass(incoming, outgoing));
    this.polls = setInterval(() => void this.poll(), POLL_MS);
  }

  static async before(urls: readonly string[]): Promise<LoadBalancer> {
    const server = createServer();
    const targets = urls.map((url) => ({ url, ready: false, missed: 0, agent: new Agent({ keepAlive: true }) }));
    const balancer = new LoadBalancer(server, targets);
    await balancer.poll();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether it sends requests to this gateway. */
  sendsTo(url: string): boolean {
    return this.targets.some((target) => target.url === url && target.ready);
  }

  async close(): Promise<void> {
    clearInterval(this.polls);
    for (const { agent } of this.targets) agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async poll(): Promise<void> {
    await Promise.all(this.targets.map((target) => ask(target)));
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = incoming;
    const target = this.next();
    const fail = (reason: string) => {
      this.broken.push(`${method} ${url} by ${target?.url}: ${reason}`);
      outgoing.destroy();
    };
    if (!target) {
      fail('no gateway is ready');
      return;
    }
    const passed = request(`${target.url}${url}`, { method, headers, agent: target.agent });
    passed.once('error', (error) => fail(error.message));
    passed.once('response', (answer) => this.answer(answer, outgoing, fail));
    incoming.pipe(passed);
  }

  private answer(answer: IncomingMessage, outgoing: ServerResponse, fail: (reason: string) => void): void {
    const { statusCode = 0, headers } = answer;
    this.answers.set(statusCode, (this.answers.get(statusCode) ?? 0) + 1);
    // What a gateway says of its connection to the balancer is not for the client.
    const { connection: _own, 'keep-alive': _too, ...passedOn } = headers;
    outgoing.writeHead(statusCode, passedOn);
    answer.once('aborted', () => fail('the answer broke off'));
    answer.pipe(outgoing);
  }

  private next(): Target | undefined {
    const ready = this.targets.filter((target) => target.ready);
    this.turn += 1;
    return ready[this.turn % ready.length];
  }
}

/** What a gateway answers is believed at once. */
async function ask(target: Target): Promise<void> {
  try {
    const { ok } = await fetch(`${target.url}/health/ready`, { signal: AbortSignal.timeout(POLL_MS) });
    target.ready = ok;
    target.missed = 0;
  } catch {
    target.missed += 1;
    if (target.missed >= MISSED_POLLS) target.ready = false;
  }
}
