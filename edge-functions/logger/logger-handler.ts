import { done, problem } from '../shared/answer.ts';
import { type Log } from '../shared/log.ts';
import { type WebHandler } from '../shared/or-misconfigured.ts';
import { StoreUnavailableError } from '../shared/store.errors.ts';
import { webhookHandler } from '../shared/webhook-handler.ts';
import { eventRowOf } from './event-row.ts';
import { type EventStore } from './event-store.ts';

export interface LoggerOptions {
  keys: readonly Uint8Array<ArrayBuffer>[];
  store: EventStore;
  /** Unix milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Records every event once: 200 `{"status":"stored"}`, or `"repeat"` for one that is there already; 503 where the store does
 * not take it, so that the publisher tries again.
 */
export const loggerHandler = ({ keys, store, now, log }: LoggerOptions): WebHandler =>
  webhookHandler({
    keys,
    now,
    log,
    handle: async (callback) => {
      const { id, type, subject } = callback;
      try {
        const stored = await store.save(eventRowOf(callback, new Date(now()).toISOString()));
        const status = stored ? 'stored' : 'repeat';
        log.info('event', { status, id, type, subject });
        return done({ status });
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        log.error('could not store an event', { id, type, subject, error: error.message });
        return problem('STORE_UNAVAILABLE');
      }
    },
  });
