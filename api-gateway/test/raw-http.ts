import { connect, type Socket } from 'node:net';
import { waitUntil } from '@holdfast/testing';

/** A connection on which a test says exactly which bytes go out. */
export class RawConnection {
  private received = '';
  private closed = false;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.received += text;
    });
    socket.on('close', () => {
      this.closed = true;
    });
    socket.on('error', () => undefined);
  }

  static open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
  }

  send(text: string | Buffer): this {
    this.socket.write(text);
    return this;
  }

  get text(): string {
    return this.received;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Status of the first answer, 0 before it is there. */
  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.received)?.[1] ?? 0);
  }

  async untilClosed(): Promise<this> {
    await waitUntil('the connection is closed', () => this.closed);
    return this;
  }

  end(): void {
    this.socket.destroy();
  }
}
