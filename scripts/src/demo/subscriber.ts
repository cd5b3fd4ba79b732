import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Arrival, Arrivals } from './arrivals.js';
import { type EventData, gistOf } from './event-gist.js';
import { signatureFault } from './verify-callback.js';

interface Callback {
  id: string;
  type: string;
  subject: string;
  sequence: number;
  previousEventId: string | null;
  data: EventData & { reference?: string | null };
}

/** Which event is failed, and at how many attempts. */
interface Failing {
  type: string;
  /** What the client calls the order. */
  reference: string;
  times: number;
}

/** The demo's own endpoint on this machine: verifies what comes, answers, and tells of it. */
export class Subscriber {
  readonly arrivals = new Arrivals();
  /** What callbacks are signed with; known once the demo has subscribed. */
  secret = '';

  readonly #server: Server;
  readonly #tell: (arrival: Arrival) => void;
  /** When each event was last attempted, and how often; milliseconds of `performance.now()`. */
  readonly #attempts = new Map<string, { count: number; at: number }>();
  #failing: Failing | undefined;

  /** @param tell is told of every attempt as soon as it is answered. */
  constructor(tell: (arrival: Arrival) => void) {
    this.#tell = tell;
    this.#server = createServer((request, response) => {
      this.#receive(request, response).catch(() => response.destroy());
    });
  }

  /** @returns the URL to subscribe. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/callbacks`;
  }

  /** From now on the first attempts of an event are answered with 500. */
  fail(failing: Failing): void {
    this.#failing = failing;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const fault = signatureFault(request.headers, body, this.secret, Date.now() / 1000);
    const arrival = this.#judge(JSON.parse(body) as Callback, fault);
    const answer = arrival.answered === 200 ? 'thank you' : 'not now, try again';
    response.writeHead(arrival.answered, { 'content-type': 'text/plain' }).end(answer);
    this.#tell(arrival);
    this.arrivals.add(arrival);
  }

  #judge(callback: Callback, fault: string | undefined): Arrival {
    const { id: eventId, type, subject, sequence, previousEventId, data } = callback;
    const earlier = this.#attempts.get(eventId);
    const now = performance.now();
    const attempt = (earlier?.count ?? 0) + 1;
    this.#attempts.set(eventId, { count: attempt, at: now });
    const accepted = this.#fails(callback, attempt) ? 500 : 200;
    return {
      ...{ eventId, type, subject, sequence, previousEventId, attempt, fault },
      gist: gistOf(data),
      sincePreviousMs: earlier && now - earlier.at,
      answered: fault === undefined ? accepted : 401,
    };
  }

  #fails({ type, data }: Callback, attempt: number): boolean {
    const failing = this.#failing;
    return failing?.type === type && failing.reference === data.reference && attempt <= failing.times;
  }
}
