import { brokenPromises } from './check-promises.js';
import { FoundSystem } from './find-system.js';
import { HoldfastApi, type SubscribedType } from './holdfast.api.js';
import { tellStory } from './story.js';
import { Subscriber } from './subscriber.js';
import { Timeline } from './timeline.js';

const EVENT_TYPES: SubscribedType[] = ['order.*', 'product.stockReserved', 'product.stockReleased'];

export interface DemoOptions {
  system: FoundSystem;
  timeline: Timeline;
  /** Time to read between the acts, in milliseconds. */
  pauseMs: number;
  /** Ends the demo before its end. */
  signal: AbortSignal;
}

/**
 * Subscribes an endpoint of its own, tells the story, and takes the webhook away again, however it ends.
 *
 * @returns whether everything arrived as it is promised. Rejects with DemoError, or when `signal` is aborted.
 */
export async function runDemo({ system, timeline, pauseMs, signal }: DemoOptions): Promise<boolean> {
  const api = new HoldfastApi(system, signal);
  const subscriber = new Subscriber((arrival) => timeline.arrival(arrival));
  try {
    const url = await subscriber.listen();
    const webhook = await api.subscribe(url, EVENT_TYPES);
    try {
      subscriber.secret = webhook.secret;
      timeline.title(`Orders and their callbacks, live from ${system.url}`);
      timeline.remark(`A subscriber at ${url} gets ${EVENT_TYPES.join(', ')}.`);
      timeline.remark('It verifies every callback with the secret that POST /webhooks has shown it, once.');
      await tellStory({ api, subscriber, timeline, webhookId: webhook.id, pauseMs, signal });
    } finally {
      await api.unsubscribe(webhook.id);
    }
  } finally {
    subscriber.close();
  }
  return conclude(subscriber, timeline);
}

function conclude({ arrivals: { all } }: Subscriber, timeline: Timeline): boolean {
  const broken = brokenPromises(all);
  if (broken.length > 0) {
    timeline.summary(`Not as promised: ${broken.join(' ')}`, false);
    return false;
  }
  const orders = new Set(all.map(({ subject }) => subject)).size;
  const retries = all.filter(({ attempt }) => attempt > 1).length;
  timeline.summary(
    `Seen: ${all.length} callbacks of ${orders} orders, every signature ok, every order's events in sequence and none missing, ` +
      `one event accepted after ${retries} retries. The demo's webhook is deleted.`,
    true,
  );
  return true;
}
