import autocannon from 'autocannon';
import { Load, LoadResult, LoadTarget } from './load.js';

/** Longer than any run; the run ends when its connections have ended. */
const NO_DURATION_LIMIT_S = 24 * 60 * 60;

/** autocannon's client, with the fields by which its own `amount` option ends a connection. */
interface CountingClient extends autocannon.Client {
  responseMax?: number;
}

/**
 * Lets every connection finish the request that it has under way, then ends it. autocannon's own end by time destroys
 * the connections instead: the system would then have accepted orders that nobody counted.
 */
class Finish {
  readonly #clients: CountingClient[] = [];
  #started = 0;
  #finishing = false;

  constructor(private readonly orders: number) {}

  watch(client: CountingClient): void {
    this.#clients.push(client);
    if (this.#finishing) end(client);
    const emitter: NodeJS.EventEmitter = client;
    emitter.on('request', () => {
      this.#started += 1;
      if (this.#started === this.orders) this.now();
    });
  }

  now(): void {
    this.#finishing = true;
    for (const client of this.#clients) end(client);
  }
}

/** A client stops when it has made at least this many requests and the last is answered. */
function end(client: CountingClient): void {
  client.responseMax = 1;
}

function run({ connections, until }: Load, target: LoadTarget): Promise<LoadResult> {
  const finish = new Finish('orders' in until ? until.orders : Number.POSITIVE_INFINITY);
  const requests = target.skus.map((productId) => ({ body: JSON.stringify({ productId, quantity: 1 }) }));
  let nextStart = 0;
  const result: LoadResult = { accepted: 0, failures: {}, p50Ms: 0, p99Ms: 0, startedAt: Date.now(), finishedAt: 0 };
  const fail = (status: number | string) => {
    result.failures[status] = (result.failures[status] ?? 0) + 1;
  };

  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        // Its documentation allows several URLs, one after the other for each connection; its types do not know.
        url: [...target.ordersUrls] as unknown as string,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...target.headers },
        connections,
        requests,
        duration: NO_DURATION_LIMIT_S,
        sampleInt: 100,
        timeout: 30,
        setupClient: (client) => {
          finish.watch(client);
          // Each connection starts at another product, as buyers do.
          nextStart = (nextStart + 1) % requests.length;
          client.setRequests([...requests.slice(nextStart), ...requests.slice(0, nextStart)]);
        },
      },
      (error, summary) => {
        if (error) reject(error);
        else resolve({ ...result, p50Ms: summary.latency.p50, p99Ms: summary.latency.p99 });
      },
    );
    instance.on('response', (_client, status) => {
      result.finishedAt = Date.now();
      if (status === 201) result.accepted += 1;
      else fail(status);
    });
    instance.on('reqError', () => fail('error'));
    if ('seconds' in until) setTimeout(() => finish.now(), until.seconds * 1000);
  });
}

process.once('disconnect', () => process.exit(0));
process.on('message', ({ load, target }: { load: Load; target: LoadTarget }) => {
  run(load, target).then(
    (result) => process.send?.(result),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
process.send?.('ready');
