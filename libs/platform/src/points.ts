import { type Channel, channel } from 'node:diagnostics_channel';

/**
 * The moments of a message's way between which a crash makes a difference, and what has and has not happened at each. Each
 * is a channel of `node:diagnostics_channel` ({@link channelOf}): whoever wants to know subscribes, tracing for example, or
 * a harness that ends the process right there. Without a subscriber a point costs a few nanoseconds.
 *
 * "Written" is what the operating system has: it goes out although the process ends now.
 */
export const points = {
  'before-commit': 'Every statement of the work has run. Nothing is stored, and nobody has been told. May come again.',
  'after-commit': 'The work is stored. Nobody has been told: no answer, no ack, nothing published.',
  'before-publish': 'The relay has read events from the log. None of them has left this process.',
  'after-publish': 'The events are written to the broker. It has confirmed none of them.',
  'after-confirm': 'The broker has the events. Neither memory nor database says so: they are published again.',
  'after-mark': 'The database says how far the log is published.',
  'lock-taken': 'The lock of a message in Redis is held. Its handler has not begun.',
  'reply-written': 'The answer to a request is written to the broker. The request is not acked.',
  'before-ack':
    'Messages are handled and stored, or moved to where they failed to. The broker still counts them as unacked.',
  'after-ack': 'The ack of messages is written to the broker.',
  'request-written': 'The request is written to the broker. No answer has come.',
  'callback-written': 'The callback is written to its endpoint. No answer has come.',
  'callback-answered': 'The callback was answered, or has failed. The attempt is not stored.',
} as const;

export type PointName = keyof typeof points;

/** What subscribers are given. */
export interface PointReached {
  point: PointName;
  /**
   * What it is about: the patterns of the messages or the names of the work that share a commit, types of events, a
   * queue, a lock's key, a host, a subscription. One that has no name is ''.
   */
  labels: readonly string[];
}

/** Labels, or what makes them where they are not at hand; it is called only if somebody listens. */
export type Labels = string | (() => readonly string[]);

/** The name of a point's channel. */
export const channelOf = (point: PointName): string => `holdfast:${point}`;

// Held here for good: Node forgets a channel that nobody holds, with its subscribers.
const channels = Object.fromEntries(
  Object.keys(points).map((point) => [point, channel(channelOf(point as PointName))]),
) as Record<PointName, Channel>;

/** Says that the point is reached. Subscribers run before this returns; what they throw does not come back. */
export function reached(point: PointName, labels: Labels): void {
  const { [point]: subscribed } = channels;
  if (!subscribed.hasSubscribers) return;
  const about: PointReached = { point, labels: typeof labels === 'string' ? [labels] : labels() };
  subscribed.publish(about);
}

/** Whether anybody listens; for what has to be done beforehand. */
export const isWatched = (point: PointName): boolean => channels[point].hasSubscribers;
