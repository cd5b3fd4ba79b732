import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

const POLL_MS = 1_000;

/** How many requests were answered with each status. */
export type Answers = Map<number, number>;

interface Target {
  url: string;
  ready: boolean;
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
    const targets = urls.map((url) => ({ url, ready: false, agent: new Agent({ keepAlive: true }) }));
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
    await Promise.all(
      this.targets.map(async (target) => {
        target.ready = await isReady(target.url);
      }),
    );
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = incoming;
    const target = this.next();
    const fail = (reason: string) => {
      this.broken.push(`${method} ${url} by ${target?.url}: ${reason}`);
      outgoing.destroy();
    };
    if (!target) return fail('no gateway is ready');
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

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(POLL_MS) })).ok;
  } catch {
    return false;
  }
}
