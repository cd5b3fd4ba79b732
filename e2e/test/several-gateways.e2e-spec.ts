import { randomBytes } from 'node:crypto';
import { type OrderPage, type StockMovementPage, type WebhookPage, type WebhookWithSecret } from '@holdfast/contracts';
import { newDataDir, type ServiceProcess, startService, WebhookReceiver } from '@holdfast/testing';
import { type Answer, API_KEYS, ApiClient, KEYS } from '../src/api-client.js';
import { CATALOGUE, LAMP, MUG, stock } from '../src/catalogue.js';
import { OpenApiConformance } from '../src/openapi-conformance.js';
import { repeatedUntilAnswered } from '../src/repeated-until-answered.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';

/** At each gateway. */
const AT_ONCE = 15;

const PATH = '/callbacks';

let stand: Stand;
let second: ServiceProcess;
let receiver: WebhookReceiver;
let webhook: WebhookWithSecret;
/** Of the same caller, at one gateway and at the other. */
let shops: [ApiClient, ApiClient];
let operators: [ApiClient, ApiClient];

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  stand = await startStand({
    WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  });
  await stand.system.startOne('webhook-publisher');
  const { amqpUrl, redis } = stand;
  const env = { AMQP_URL: amqpUrl, REDIS_URL: redis.url, DATA_DIR: newDataDir(), API_KEYS };
  second = await startService('api-gateway', env);
  const conformance = new OpenApiConformance();
  await conformance.load(second.url);
  shops = [stand.system.shop(), new ApiClient(second.url, KEYS.shop, conformance)];
  operators = [stand.system.operator(), new ApiClient(second.url, KEYS.operator, conformance)];
  await stock(stand.system, ...CATALOGUE);
  const subscription = { url: `${receiver.origin}${PATH}`, eventTypes: ['webhook.test'] };
  webhook = (await shops[0].request<WebhookWithSecret>('POST', '/webhooks', {}, subscription)).body;
  receiver.expects(PATH, webhook.secret);
});
afterAll(async () => {
  await second?.kill9();
  await stand?.close();
  await receiver?.close();
});

interface Repeated {
  by: () => [ApiClient, ApiClient];
  path: () => string;
  body: object;
  status: number;
  /** What has come of it, by what there is to be seen. */
  made: () => Promise<unknown[]>;
}

const ORDER = { productId: MUG.sku, quantity: 3, reference: 'at two gateways' };
const ADJUSTMENT = { delta: -5, reason: 'at two gateways' };
const SUBSCRIPTION = { url: 'http://127.0.0.1:9/', eventTypes: ['webhook.disabled'], description: 'at two gateways' };

const REPEATED: Record<string, Repeated> = {
  'an order': {
    ...{ by: () => shops, path: () => '/orders', body: ORDER, status: 201 },
    made: async () => {
      const query = new URLSearchParams({ reference: ORDER.reference });
      return (await shops[0].request<OrderPage>('GET', `/orders?${query}`)).body.data;
    },
  },
  'a stock adjustment': {
    ...{ by: () => operators, path: () => `/products/${LAMP.sku}/stock-adjustments`, body: ADJUSTMENT, status: 201 },
    made: async () => {
      const ledger = await operators[0].request<StockMovementPage>('GET', `/products/${LAMP.sku}/movements`);
      return ledger.body.data.filter(({ reason }) => reason === ADJUSTMENT.reason);
    },
  },
  'a webhook': {
    ...{ by: () => shops, path: () => '/webhooks', body: SUBSCRIPTION, status: 201 },
    made: async () => {
      const { data } = (await shops[0].request<WebhookPage>('GET', '/webhooks')).body;
      return data.filter(({ description }) => description === SUBSCRIPTION.description);
    },
  },
  'a test of a webhook': {
    ...{ by: () => shops, path: () => `/webhooks/${webhook.id}/test`, body: {}, status: 200 },
    made: async () => receiver.received,
  },
  'a new secret': {
    ...{ by: () => shops, path: () => `/webhooks/${webhook.id}/rotate-secret`, body: {}, status: 200 },
    made: async () => {
      const { version } = (await shops[0].request<WebhookWithSecret>('GET', `/webhooks/${webhook.id}`)).body;
      return Array.from({ length: version - webhook.version });
    },
  },
};

const told = ({ status, text, headers }: Answer<unknown>): string =>
  JSON.stringify([status, headers.get('location'), headers.get('etag'), text]);

describe.each(Object.entries(REPEATED))('equal requests at once for %s, at two gateways', (name, repeated) => {
  it('have one effect, and are told of it in the same words', async () => {
    const { by, path, body, status, made } = repeated;
    const headers = { 'idempotency-key': `two gateways: ${name}`.replaceAll(' ', '-') };
    const sending = by().flatMap((client) =>
      Array.from({ length: AT_ONCE }, () =>
        repeatedUntilAnswered(() => client.request<unknown>('POST', path(), headers, body)),
      ),
    );
    const answers = await Promise.all(sending);
    expect([...new Set(answers.map(told))]).toEqual([expect.stringMatching(`^\\[${status},`)]);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    await settled(stand);
    expect(await made()).toHaveLength(1);
  });
});

it('an operator sees whose orders are listed, at either gateway', async () => {
  const reference = 'whose is it?';
  await shops[0].placeOrder({ productId: MUG.sku, quantity: 1, reference });
  await stand.system.rival().placeOrder({ productId: MUG.sku, quantity: 1, reference });
  for (const operator of operators) {
    const query = new URLSearchParams({ reference });
    const { body } = await operator.request<OrderPage>('GET', `/orders?${query}`);
    expect(body.data.map(({ clientId }) => clientId)).toEqual(['rival', 'shop']);
  }
});
