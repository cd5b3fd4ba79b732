import { Queue, Worker } from 'bullmq';
import { Callback, callbacks } from '../order-confirmed.js';
import { runSender } from './sender-process.js';
import { SignedPosts } from './signed-posts.js';

const QUEUE = 'callbacks';

/** Larger pipelines make the process wait for Redis to read them. */
const BULK = 1_000;

/**
 * The usual choice: jobs in Redis, one worker, POST in its handler. Completed jobs are removed, so of an attempt that
 * succeeded nothing is left; Redis syncs its log once a second.
 */
await runSender(async ({ endpoints, redisUrl, bullmqConcurrency: concurrency }) => {
  const posts = new SignedPosts(endpoints);
  const { hostname, port, password } = new URL(redisUrl);
  const connection = { host: hostname, port: Number(port), password, maxRetriesPerRequest: null };
  const queue = new Queue<Callback>(QUEUE, {
    connection,
    defaultJobOptions: {
      removeOnComplete: true,
      attempts: 6,
      backoff: { type: 'exponential', delay: 1_000, jitter: 0.2 },
    },
  });
  const worker = new Worker<Callback>(QUEUE, ({ data }) => posts.post(data), { connection, concurrency });
  let left = 0;
  let finished: () => void = () => undefined;
  worker.on('completed', () => {
    left -= 1;
    if (left === 0) finished();
  });
  worker.on('failed', (_job, error) => fail(error));
  worker.on('error', fail);
  queue.on('error', fail);
  await worker.waitUntilReady();

  return {
    store: async (count) => {
      await queue.pause();
      const jobs = callbacks(count, endpoints).map((data) => ({ name: 'callback', data }));
      for (let first = 0; first < count; first += BULK) await queue.addBulk(jobs.slice(first, first + BULK));
      left = count;
    },
    send: () =>
      new Promise<void>((resolve, reject) => {
        finished = resolve;
        queue.resume().catch(reject);
      }),
  };
});

function fail(error: Error): never {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
}
