import { waitUntil } from '@holdfast/testing';
import { type Answer } from './api-client.js';

/** Sends a request under its key again, as long as the first one with it is still running. */
export const repeatedUntilAnswered = <Body>(send: () => Promise<Answer<Body>>): Promise<Answer<Body>> =>
  waitUntil('no other request with this key is running', async () => {
    const answer = await send();
    const inUse = answer.status === 409 && (answer.body as { code?: string }).code === 'IDEMPOTENCY_KEY_IN_USE';
    return !inUse && answer;
  });
