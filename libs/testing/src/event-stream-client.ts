import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** One event of `text/event-stream`, as a browser would give it. */
export interface StreamedEvent {
  id: string;
  event: string;
  /** Parsed JSON. */
  data: Record<string, unknown>;
}

/** An open stream of server-sent events, read by hand, as the HTML standard has it (section 9.2). */
export class EventStreamClient {
  readonly events: StreamedEvent[] = [];
  /** Comments that came: heartbeats. */
  comments = 0;
  /** In milliseconds; what the server asked for. */
  retry: number | undefined;
  /** How it ended: well, or cut off in the middle. */
  ended: 'well' | 'cut' | undefined;
  private rest = '';

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.take(chunk));
    response.on('end', () => {
      this.ended ??= 'well';
    });
    response.on('error', () => {
      this.ended ??= 'cut';
    });
    response.on('close', () => {
      this.ended ??= 'cut';
    });
  }

  /** Resolves when the headers are there, whatever the status. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<EventStreamClient> {
    const asked = request(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    // After the response it is the response that tells of what goes wrong.
    asked.on('error', () => undefined);
    return new EventStreamClient(response);
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  get headers(): IncomingMessage['headers'] {
    return this.response.headers;
  }

  /** Names of the events that have come. */
  get names(): string[] {
    return this.events.map(({ event }) => event);
  }

  /** Takes no more from the connection and keeps it open. */
  pause(): void {
    this.response.pause();
  }

  /** Goes away without a word. */
  leave(): void {
    this.response.destroy();
  }

  private take(chunk: string): void {
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.takeBlock(block);
  }

  private takeBlock(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon === 0) this.comments += 1;
      else fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
    }
    const retry = fields.get('retry');
    if (retry !== undefined) this.retry = Number(retry);
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: JSON.parse(data) });
  }
}
