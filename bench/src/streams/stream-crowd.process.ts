import { type IncomingMessage, request } from 'node:http';
import { EventNames } from './event-names.js';
import type { CrowdOrder, CrowdReport } from './stream-crowd.js';

/** Few enough that none of them finds the gateway's queue of new connections full. */
const OPENED_AT_ONCE = 100;

/** One stream of an order's events, and how it went. */
class Follower {
  readonly #names = new EventNames();
  #endedWell = false;

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.#names.feed(chunk));
    response.on('end', () => {
      this.#endedWell = true;
    });
    // One that is cut off has not ended well, which is what is reported.
    response.on('error', () => undefined);
  }

  /** Rejects unless the gateway answers 200. */
  static open(url: string, headers: Record<string, string>): Promise<Follower> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
      asked.on('error', reject);
      asked.on('response', (response) => {
        if (response.statusCode === 200) resolve(new Follower(response));
        else reject(new Error(`GET ${url} answered ${response.statusCode}.`));
      });
      asked.end();
    });
  }

  get isConfirmed(): boolean {
    return this.#names.has('order.confirmed');
  }

  get isToldOfTheEnd(): boolean {
    return this.#endedWell && this.#names.has('order.cancelled');
  }

  leave(): void {
    this.response.destroy();
  }
}

let followers: Follower[] = [];

async function obey(order: CrowdOrder): Promise<CrowdReport> {
  if (order === 'leave') {
    for (const follower of followers) follower.leave();
    followers = [];
  } else if (order !== 'report') {
    for (let from = 0; from < order.urls.length; from += OPENED_AT_ONCE) {
      const urls = order.urls.slice(from, from + OPENED_AT_ONCE);
      followers.push(...(await Promise.all(urls.map((url) => Follower.open(url, order.headers)))));
    }
  }
  return {
    confirmed: followers.filter(({ isConfirmed }) => isConfirmed).length,
    toldOfTheEnd: followers.filter(({ isToldOfTheEnd }) => isToldOfTheEnd).length,
  };
}

process.once('disconnect', () => process.exit(0));
process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    (report) => process.send?.(report),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
process.send?.('ready');
