import { randomBytes } from 'node:crypto';
import {
  type DeadLetterAct,
  type DeadLetterPage,
  type DeliveryPage,
  newId,
  type OrderView,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { freePort } from '@holdfast/local-servers';
import { type AmqpProbe, openProbe, ServiceProcess, WebhookReceiver, waitUntil } from '@holdfast/testing';
import { API_KEYS, KEYS } from '../src/api-client.js';
import { type DocumentedCall, DocumentedCalls } from '../src/documented-calls.js';
import { type DocumentedOperation, documentedOperations } from '../src/documented-operations.js';
import { OpenApiConformance } from '../src/openapi-conformance.js';
import { bodyOf, RecordedCalls } from '../src/recorded-calls.js';
import { type Stand, startStand } from '../src/stand.js';

let stand: Stand;
let receiver: WebhookReceiver;
let probe: AmqpProbe;
let conformance: OpenApiConformance;
let operations: DocumentedOperation[];
let calls: DocumentedCalls;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  stand = await startStand({
    WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  });
  await stand.system.startOne('webhook-publisher');
  probe = await openProbe(stand.amqpUrl);
  const { gatewayUrl } = stand.system;
  conformance = new OpenApiConformance();
  await conformance.load(gatewayUrl);
  operations = await documentedOperations(gatewayUrl);
  calls = new DocumentedCalls(new RecordedCalls(gatewayUrl, conformance), operations);
  await operator('createProduct');
});

afterAll(async () => {
  await probe?.close();
  await stand?.close();
  await receiver?.close();
});

const anyone = (id: string) => calls.succeed(id);
const shop = (id: string, call: DocumentedCall = {}) => calls.succeed(id, { key: KEYS.shop, ...call });
const operator = (id: string, call: DocumentedCall = {}) => calls.succeed(id, { key: KEYS.operator, ...call });

/** Of the product that the documented examples are about. */
const MUG = { id: 'mug' };

async function confirmedOrder(): Promise<{ id: string }> {
  const { id, status } = bodyOf<OrderView>(await shop('placeOrder', { headers: { prefer: 'wait=30' } }));
  expect(status).toBe('CONFIRMED');
  return { id };
}

async function subscription(): Promise<{ id: string }> {
  const path = `/${newId()}`;
  const { id, secret } = bodyOf<WebhookWithSecret>(
    await shop('createWebhook', { body: { url: `${receiver.origin}${path}` } }),
  );
  receiver.expects(path, secret);
  return { id };
}

/** What a new subscription was sent of a new order. */
async function delivered(): Promise<{ id: string }> {
  const at = await subscription();
  await confirmedOrder();
  return waitUntil('a callback is recorded as delivered', async () => {
    const { data } = bodyOf<DeliveryPage>(await shop('listDeliveries', { at, query: '?status=delivered' }));
    return data[0] && { id: data[0].id };
  });
}

async function deadLetter(): Promise<{ queue: string; id: string }> {
  const queue = 'orders_queue';
  const messageId = newId();
  await probe.publish(queue, '{"pattern":', { messageId });
  return waitUntil('the message is a dead letter', async () => {
    const { data } = bodyOf<DeadLetterPage>(await operator('listDeadLetters', { at: { queue } }));
    const found = data.find((letter) => letter.messageId === messageId);
    return found && { queue, id: found.id };
  });
}

/** By operation: what makes it answer everything that it can answer well. */
const SUCCESSES: Record<string, () => Promise<unknown>> = {
  placeOrder: confirmedOrder,
  listOrders: () => shop('listOrders'),
  showOrder: async () => shop('showOrder', { at: await confirmedOrder() }),
  cancelOrder: async () => shop('cancelOrder', { at: await confirmedOrder() }),
  followOrder: async () => {
    const at = await confirmedOrder();
    expect((await shop('followOrder', { at })).text).toContain('event: order.confirmed');
    await shop('followOrder', { at, headers: { 'last-event-id': '2' } });
  },
  showOrderTimeline: async () => shop('showOrderTimeline', { at: await confirmedOrder() }),

  createProduct: () => operator('createProduct', { body: { sku: 'lamp' } }),
  listProducts: () => shop('listProducts'),
  showProduct: () => shop('showProduct', { at: MUG }),
  changeProduct: () => operator('changeProduct', { at: MUG }),
  adjustStock: () => operator('adjustStock', { at: MUG }),
  listStockMovements: () => operator('listStockMovements', { at: MUG }),
  importProducts: () => operator('importProducts'),

  createWebhook: subscription,
  listWebhooks: () => shop('listWebhooks'),
  showWebhook: async () => shop('showWebhook', { at: await subscription() }),
  updateWebhook: async () => shop('updateWebhook', { at: await subscription() }),
  deleteWebhook: async () => shop('deleteWebhook', { at: await subscription() }),
  rotateWebhookSecret: async () => shop('rotateWebhookSecret', { at: await subscription() }),
  testWebhook: async () => shop('testWebhook', { at: await subscription() }),
  disableWebhook: async () => shop('disableWebhook', { at: await subscription() }),
  enableWebhook: async () => shop('enableWebhook', { at: await subscription() }),
  replayWebhook: async () => {
    const at = await subscription();
    await shop('replayWebhook', { at, body: { dryRun: true } });
    await shop('replayWebhook', { at, body: { dryRun: false } });
  },
  listDeliveries: async () => shop('listDeliveries', { at: await subscription() }),
  showDelivery: async () => shop('showDelivery', { at: await delivered() }),
  retryDelivery: async () => shop('retryDelivery', { at: await delivered() }),

  countDeadLetters: () => operator('countDeadLetters'),
  listDeadLetters: deadLetter,
  showDeadLetter: async () => operator('showDeadLetter', { at: await deadLetter() }),
  redriveDeadLetter: async () => operator('redriveDeadLetter', { at: await deadLetter() }),
  discardDeadLetter: async () => operator('discardDeadLetter', { at: await deadLetter() }),
  // Each on a queue of its own, since one such act at a time works on a queue.
  redriveDeadLetters: () => operator('redriveDeadLetters', { at: { queue: 'orders_queue' } }),
  discardDeadLetters: () => operator('discardDeadLetters', { at: { queue: 'products_queue' } }),
  listDeadLetterActs: () => operator('listDeadLetterActs', { at: { queue: 'orders_queue' } }),
  showDeadLetterAct: async () => {
    const queue = 'webhooks_queue';
    const { id: actId } = bodyOf<DeadLetterAct>(await operator('redriveDeadLetters', { at: { queue } }));
    await operator('showDeadLetterAct', { at: { queue, actId } });
  },

  checkLiveness: () => anyone('checkLiveness'),
  checkReadiness: () => anyone('checkReadiness'),
  showMetrics: () => anyone('showMetrics'),
  showDocs: () => anyone('showDocs'),
  showOpenApi: () => anyone('showOpenApi'),
  showAsyncApi: () => anyone('showAsyncApi'),
};

describe('the running system', () => {
  it('has every operation of its OpenAPI document called below', () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(SUCCESSES).sort());
  });

  it.each(Object.entries(SUCCESSES))('does what %s says: each status below 400, with its headers', async (id, work) => {
    await work();
    expect(conformance.unseenOf(id)).toEqual([]);
  });

  it('says in the described way that it cannot take requests', async () => {
    const nobody = await freePort();
    const gateway = await ServiceProcess.launch('api-gateway', {
      AMQP_URL: `amqp://127.0.0.1:${nobody}`,
      REDIS_URL: stand.redis.url,
      API_KEYS,
    });
    try {
      const alone = new RecordedCalls(gateway.url, conformance);
      const listens = async () => (await fetch(`${gateway.url}/health/live`)).ok;
      await waitUntil('the gateway listens', listens, { timeoutMs: 30_000 });
      expect((await alone.call('GET', '/health/ready')).status).toBe(503);
      const refused = await alone.call('GET', '/products', { key: KEYS.shop });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    } finally {
      await gateway.kill9();
    }
  });
});
