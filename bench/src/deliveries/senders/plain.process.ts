import { ALL_TOGETHER, PER_ENDPOINT } from '../endpoint.js';
import { Callback, callbacks } from '../order-confirmed.js';
import { runSender } from './sender-process.js';
import { SignedPosts } from './signed-posts.js';

/** The ceiling: callbacks in memory, a window of POSTs, no broker, no database, no repeat. */
await runSender(async ({ endpoints }) => {
  const posts = new SignedPosts(endpoints);
  const window = Math.min(endpoints.length * PER_ENDPOINT, ALL_TOGETHER);
  let stored: Callback[] = [];

  const postAll = async (remaining: Iterable<Callback>) => {
    for (const callback of remaining) await posts.post(callback);
  };
  return {
    store: async (count) => {
      stored = callbacks(count, endpoints);
    },
    send: async () => {
      // One iterator that all of them take from.
      const remaining = stored.values();
      await Promise.all(Array.from({ length: window }, () => postAll(remaining)));
    },
  };
});
