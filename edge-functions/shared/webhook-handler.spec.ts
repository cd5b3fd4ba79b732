import { aCallback, SECRET, secretOf, signedHeaders, signedRequest } from '../test/callbacks.js';
import { done } from './answer.ts';
import { ConfigurationReader } from './configuration.ts';
import { type LogFields } from './log.ts';
import { MAX_BODY_BYTES, webhookHandler } from './webhook-handler.ts';
import { readWebhookSecrets } from './webhook-secrets.ts';

function aHandler(handle: () => Promise<Response> = async () => done({ status: 'handled' })) {
  const lines: string[] = [];
  const write = (message: string, fields: LogFields = {}) => void lines.push(JSON.stringify({ message, ...fields }));
  const handler = webhookHandler({
    keys: readWebhookSecrets(new ConfigurationReader({ WEBHOOK_SECRET: SECRET }), 'LOGGER'),
    now: Date.now,
    log: { debug: write, info: write, warn: write, error: write },
    handle,
  });
  return { handler, lines };
}

const post = (body: string | ReadableStream, headers: Record<string, string>): Request =>
  new Request('http://function.test/', { method: 'POST', headers, body, duplex: 'half' });

/** A body that comes in pieces of 64 kB, and how many of them were asked for. */
function endlessBody() {
  const counted = { pieces: 0 };
  const body = new ReadableStream(
    {
      pull(controller) {
        counted.pieces += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, counted };
}

describe('webhookHandler', () => {
  it('hands a genuine callback on', async () => {
    const response = await aHandler().handler(signedRequest(aCallback('order.confirmed')));
    expect([response.status, await response.json()]).toEqual([200, { status: 'handled' }]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('answers %s with 405', async (method) => {
    const response = await aHandler().handler(new Request('http://function.test/', { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each<[string, Request]>([
    ['a stale timestamp', signedRequest(aCallback('webhook.test'), { at: new Date(Date.now() - 301_000) })],
    ['a wrong key', signedRequest(aCallback('webhook.test'), { secrets: [secretOf(9)] })],
    ['a changed body', post('{"a":2}', signedHeaders('event-1', '{"a":1}'))],
    ['no headers', post('{}', {})],
  ])('answers %s with 401', async (_name, request) => {
    const response = await aHandler().handler(request);
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
    expect(await response.json()).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
  });

  it('reads no more of a long body than it takes', async () => {
    const { body, counted } = endlessBody();
    const response = await aHandler().handler(post(body, signedHeaders('event-1', '')));
    expect([response.status, counted.pieces]).toEqual([413, MAX_BODY_BYTES / (64 * 1024) + 1]);
  });

  it('reads nothing of a body that says it is too long', async () => {
    const { body, counted } = endlessBody();
    const headers = { ...signedHeaders('event-1', ''), 'content-length': String(MAX_BODY_BYTES + 1) };
    const response = await aHandler().handler(post(body, headers));
    expect([response.status, counted.pieces]).toEqual([413, 0]);
  });

  it('takes the largest body there is', async () => {
    const callback = aCallback('order.shipped', { note: '' });
    callback.data.note = 'x'.repeat(MAX_BODY_BYTES - JSON.stringify(callback).length);
    expect((await aHandler().handler(signedRequest(callback))).status).toBe(200);
    callback.data.note += 'x';
    expect((await aHandler().handler(signedRequest(callback))).status).toBe(413);
  });

  it.each<[string, string, string]>([
    ['no JSON', 'hello', 'MALFORMED_JSON'],
    ['nothing', '', 'MALFORMED_JSON'],
    ['no callback', '{"id":"event-1"}', 'VALIDATION_FAILED'],
    [
      'another id than the header',
      JSON.stringify({ ...aCallback('webhook.test'), id: 'event-2' }),
      'VALIDATION_FAILED',
    ],
  ])('answers a signed body that is %s with 400', async (_name, body, code) => {
    const response = await aHandler().handler(post(body, signedHeaders('event-1', body)));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code });
  });

  it('answers 400 to a body that breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
    const response = await aHandler().handler(post(body, signedHeaders('event-1', '')));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'MALFORMED_BODY' });
  });

  it('answers 500 to what nobody foresaw, and tells only its log why', async () => {
    const { handler, lines } = aHandler(() => Promise.reject(new Error('out of pencils')));
    const response = await handler(signedRequest(aCallback('webhook.test')));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('pencils');
    expect(lines.join()).toContain('out of pencils');
  });

  it('writes no secret and no signature into its log', async () => {
    const { handler, lines } = aHandler();
    const request = signedRequest(aCallback('webhook.test'), { secrets: [secretOf(9)] });
    await handler(request);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(SECRET.slice('whsec_'.length));
    expect(lines.join()).not.toContain(request.headers.get('webhook-signature'));
  });
});
