import { get } from 'node:http';

/**
 * The status that a health URL answers, or undefined when it does not answer within 2 s. Each question opens its own
 * connection: a pooled one would keep a part that is stopping from closing.
 */
export function healthStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
  });
}
