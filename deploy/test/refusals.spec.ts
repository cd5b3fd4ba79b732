import { type Installation, template } from './chart.js';

/** Settings on top of an installation, and what the chart says to them. */
const refusals: [Installation, string, RegExp][] = [
  ['small', 'image.registry=', /image\.registry: name the registry/],
  ['small', 'secrets.amqp.existingSecret=', /secrets\.amqp\.existingSecret: name the Secret that holds RabbitMQ's URL/],
  ['small', 'secrets.redis.existingSecret=', /secrets\.redis\.existingSecret: name the Secret/],
  ['small', 'secrets.apiKeys.existingSecret=', /secrets\.apiKeys\.existingSecret: name the Secret/],
  ['small', 'secrets.webhookEncryptionKey.existingSecret=', /webhookEncryptionKey\.existingSecret: name the Secret/],
  ['small', 'orders.replicas=2', /orders-service: more than one replica needs PostgreSQL.*secrets\.ordersDatabase/],
  ['small', 'products.replicas=2', /products-service: more than one replica needs PostgreSQL/],
  ['small', 'webhooks.autoscaling.enabled=true', /webhook-publisher: more than one replica needs PostgreSQL/],
  ['large', 'secrets.ordersDatabase.existingSecret=', /orders-service: more than one replica needs PostgreSQL/],
  ['large', 'secrets.productsDatabase.existingSecret=orders-db-app', /needs? a database of its own/],
  ['large', 'secrets.kedaRabbitmq.existingSecret=', /orders\.autoscaling is on.*how long orders_queue is/],
  ['large', 'gateway.autoscaling.minReplicas=20', /minReplicas \(20\) is more than maxReplicas \(12\)/],
  ['large', 'ingress.host=', /ingress\.host: name the host/],
  ['large', 'gateway.env.TRUSTED_PROXIES=', /TRUSTED_PROXIES: name the addresses of the ingress controller/],
  ['small', 'logger.enabled=true', /logger\.existingSecret: subscribe it/],
  ['small', 'logger.enabled=true,logger.existingSecret=l', /logger\.clusterIP: give it a free address/],
  ['small', 'logger.enabled=true,logger.existingSecret=l,logger.clusterIP=10.96.7.1', /WEBHOOK_ALLOW_HTTP/],
  // By the schema.
  ['small', 'gateway.env.MAX_IN_FLIGTH=10', /additional properties 'MAX_IN_FLIGTH' not allowed/],
  ['small', 'orders.env.AMQP_URL=amqp://user:password@host', /additional properties 'AMQP_URL' not allowed/],
  ['small', 'orders.env.IDEMPOTENCY_RETENTION_HOURS=1', /minimum/],
  ['small', 'webhooks.env.WEBHOOK_RETRY_SCHEDULE=often', /pattern/],
  ['small', 'logLevel=loud', /logLevel/],
  ['small', 'replicas=3', /additional properties 'replicas' not allowed/],
  ['small', 'orders.replicas=0', /minimum/],
  ['small', 'orders.persistence.accessMode=ReadWriteMany', /accessMode/],
  ['large', 'orders.autoscaling.minReplicas=0', /minimum/],
  ['small', 'gateway.image.digest=latest', /digest/],
  ['small', 'gateway.resources.limits.memory=lots', /memory/],
  ['small', 'logger.clusterIP=logger.shop.svc', /clusterIP/],
  ['small', 'networkPolicy.gatewayFrom[0].namespace=ingress', /additional properties 'namespace' not allowed/],
  ['small', 'secrets.amqp.url=amqp://user:password@host', /additional properties 'url' not allowed/],
];

describe('the chart does not render', () => {
  it.each(refusals)('a %s installation with %s', (installation, settings, message) => {
    const { ok, stdout, stderr } = template(installation, settings);
    expect({ ok, stdout, stderr }).toEqual({ ok: false, stdout: '', stderr: expect.stringMatching(message) });
  });
});
