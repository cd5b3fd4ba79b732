import { createHmac, createSecretKey, KeyObject } from 'node:crypto';
import { Agent } from 'undici';
import { Endpoint, PER_ENDPOINT } from '../endpoint.js';
import { Callback } from '../order-confirmed.js';

interface Target {
  origin: string;
  path: string;
  key: KeyObject;
}

/** Signed POSTs over undici, as Standard Webhooks has them, with the headers of the product. */
export class SignedPosts {
  readonly #agent = new Agent({ connections: PER_ENDPOINT, pipelining: 1 });
  readonly #targets: ReadonlyMap<string, Target>;

  constructor(endpoints: readonly Endpoint[]) {
    this.#targets = new Map(endpoints.map((endpoint) => [endpoint.url, targetOf(endpoint)]));
  }

  /** Rejects unless the answer is 200. */
  async post({ url, id, body }: Callback): Promise<void> {
    const target = this.#targets.get(url);
    if (target === undefined) throw new Error(`${url} is no endpoint of this run.`);
    const { origin, path, key } = target;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Bench/1',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    const answer = await this.#agent.request({ origin, path, method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`The receiver answered ${answer.statusCode}.`);
  }
}

function targetOf({ url, secret }: Endpoint): Target {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname, key: createSecretKey(Buffer.from(secret.slice('whsec_'.length), 'base64')) };
}
