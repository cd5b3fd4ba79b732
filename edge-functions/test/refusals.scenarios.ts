import { type FunctionName } from '../host/host-config.ts';
import { aCallback, SECRET, secretOf, signedHeaders } from './callbacks.js';
import { type Env, type RunningFunction, type StartFunction } from './running-function.js';

/** What every function refuses, over HTTP. */
export function refusalScenarios(name: FunctionName, start: StartFunction, env: () => Env): void {
  describe('refuses', () => {
    let running: RunningFunction;
    beforeAll(async () => {
      running = await start(name, { ...env(), WEBHOOK_SECRET: SECRET });
    });
    afterAll(() => running.kill());

    it('a stale timestamp, 401', async () => {
      const at = new Date(Date.now() - 6 * 60 * 1000);
      expect((await running.deliver(aCallback('webhook.test'), { at })).status).toBe(401);
    });

    it('a wrong key, 401', async () => {
      const { status, body } = await running.deliver(aCallback('webhook.test'), { secrets: [secretOf(9)] });
      expect([status, body]).toEqual([401, expect.objectContaining({ code: 'SIGNATURE_INVALID' })]);
    });

    it('a changed body, 401', async () => {
      const callback = aCallback('webhook.test');
      const headers = signedHeaders(callback.id, JSON.stringify(callback));
      const body = JSON.stringify({ ...callback, sequence: 2 });
      expect((await fetch(running.url, { method: 'POST', headers, body })).status).toBe(401);
    });

    it('another method, 405', async () => expect((await fetch(running.url)).status).toBe(405));

    it('a body of more than 256 kB, 413', async () => {
      const body = 'x'.repeat(300 * 1024);
      const headers = signedHeaders('event-1', body);
      expect((await fetch(running.url, { method: 'POST', headers, body })).status).toBe(413);
    });

    it('what does not fit the contract, 400', async () => {
      const { status, body } = await running.deliver(aCallback('order.confirmed', { total: null }));
      expect([status, body]).toEqual([400, expect.objectContaining({ detail: 'data.total must be an object.' })]);
    });

    it('and takes either secret while one takes over from the other', async () => {
      const secrets = [secretOf(9), SECRET];
      expect((await running.deliver(aCallback('webhook.test'), { secrets })).status).toBe(200);
    });
  });
}
