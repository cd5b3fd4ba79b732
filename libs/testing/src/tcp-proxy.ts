import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A line between a client and a server that a test can break, without touching a server that other tests use.
 */
export class TcpProxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private refusing = false;
  private mute = false;
  private frozen = false;

  private constructor(
    private readonly target: URL,
    private readonly server: ReturnType<typeof createServer>,
    private readonly toServer: (data: Buffer) => Buffer,
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  /**
   * A proxy before the server of an amqp://, redis:// or postgres:// URL.
   *
   * @param toServer changes what the client says.
   */
  static async open(targetUrl: string, toServer = (data: Buffer): Buffer => data): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(new URL(targetUrl), server, toServer);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The target's URL, by way of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Breaks every connection; new ones are let through. */
  cut(): void {
    for (const [client, server] of this.pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
  }

  /** Breaks every connection and refuses new ones: the server is away. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  /** What the server says no longer arrives; what the client says still does. */
  muteServer(): void {
    this.mute = true;
    for (const [, server] of this.pairs) server.pause();
  }

  /**
   * A half-open network: nothing arrives in either direction, and nobody is told. New connections are taken and hear
   * nothing. What was sent meanwhile arrives when it is restored, as TCP would send it again.
   */
  freeze(): void {
    this.frozen = true;
    for (const [client, server] of this.pairs) {
      client.pause();
      server.pause();
    }
  }

  /** Lets everything through again. */
  restore(): void {
    this.refusing = false;
    this.mute = false;
    this.frozen = false;
    for (const [client, server] of this.pairs) {
      client.resume();
      server.resume();
    }
  }

  async close(): Promise<void> {
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    client.on('error', () => undefined);
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(Number(this.target.port), this.target.hostname);
    server.on('error', () => client.destroy());
    const pair: [Socket, Socket] = [client, server];
    this.pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    client.on('data', (data) => server.write(this.toServer(data)));
    server.on('data', (data) => client.write(data));
    if (this.mute || this.frozen) server.pause();
    if (this.frozen) client.pause();
    const end = () => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on('close', end);
    server.on('close', end);
  }
}
