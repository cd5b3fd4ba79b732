import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gatewayConfigSchema } from '../../api-gateway/src/config.js';
import { readHostConfig } from '../../edge-functions/host/host-config.js';
import { ordersConfigSchema } from '../../orders-service/src/config.js';
import { productsConfigSchema } from '../../products-service/src/config.js';
import { webhooksConfigSchema } from '../../webhook-publisher/src/config.js';
import { type Rendered, render, withFunctions } from './chart.js';

/** Where each part listens unless it is told otherwise. */
const ports: Record<string, [string, number]> = {
  'api-gateway': ['GATEWAY_PORT', gatewayConfigSchema.shape.GATEWAY_PORT.parse(undefined)],
  'orders-service': ['ORDERS_PORT', ordersConfigSchema.shape.ORDERS_PORT.parse(undefined)],
  'products-service': ['PRODUCTS_PORT', productsConfigSchema.shape.PRODUCTS_PORT.parse(undefined)],
  'webhook-publisher': ['WEBHOOKS_PORT', webhooksConfigSchema.shape.WEBHOOKS_PORT.parse(undefined)],
  logger: ['LOGGER_PORT', readHostConfig('logger', {}).port],
  notifier: ['NOTIFIER_PORT', readHostConfig('notifier', {}).port],
};
const parts = Object.keys(ports);
const services = ['orders-service', 'products-service', 'webhook-publisher'];

const small = render('small', ...withFunctions);
const large = render('large', ...withFunctions);

function podOf(rendered: Rendered, part: string) {
  const spec = rendered.one('Deployment', part).spec;
  const pod = spec?.template.spec;
  const [container, ...others] = pod?.containers ?? [];
  if (!spec || !pod || !container || others.length > 0) throw new Error(`${part} is not one container`);
  const env = new Map((container.env ?? []).map((variable) => [variable.name, variable]));
  return { spec, pod, container, env };
}

const constant = (file: string, name: string): number => {
  const text = readFileSync(resolve(__dirname, '../..', file), 'utf8');
  return Number(new RegExp(`${name} = ([0-9_]+)`).exec(text)?.[1]?.replaceAll('_', ''));
};

describe.each(parts)('a pod of %s', (part) => {
  const [portName, port] = ports[part] as [string, number];
  const { spec, pod, container, env } = podOf(large, part);

  it('listens where it is probed and its Service sends to', () => {
    expect(container.ports).toEqual([{ name: 'http', containerPort: port }]);
    expect(env.get(portName)?.value).toBe(String(port));
    expect(env.get('HOST')?.value).toBe('0.0.0.0');
    const probe = (path: string) => expect.objectContaining({ httpGet: { path, port: 'http' } });
    expect(container.startupProbe).toEqual(probe('/health/live'));
    expect(container.livenessProbe).toEqual(probe('/health/live'));
    expect(container.readinessProbe).toEqual(probe('/health/ready'));
    const service = large.one('Service', part).spec;
    expect(service?.ports).toEqual([expect.objectContaining({ targetPort: 'http' })]);
    expect(service?.selector).toEqual(spec.selector.matchLabels);
  });

  it('can do no more than it needs', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('has the time to finish what is in flight', () => {
    const isFunction = part === 'logger' || part === 'notifier';
    const stopMs = isFunction
      ? constant('edge-functions/host/run-function.ts', 'STOP_PATIENCE_MS')
      : constant('libs/platform/src/lifecycle.ts', 'STOP_TIMEOUT_MS');
    expect(stopMs).toBeGreaterThan(0);
    const sleep = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(sleep + stopMs / 1000);
  });

  it('keeps a place on its node', () => {
    const { requests, limits } = container.resources ?? {};
    expect(Object.keys(requests ?? {}).sort()).toEqual(['cpu', 'memory']);
    expect(Object.keys(limits ?? {})).toEqual(['memory']);
  });
});

describe('what others connect to', () => {
  it.each(['logger', 'notifier'])('%s listens until nobody is sent to it any more', (part) => {
    expect(podOf(large, part).container.lifecycle?.preStop?.sleep?.seconds).toBe(10);
  });

  it('the gateway serves until nobody is sent to it any more, and has the time for it', () => {
    const { container, env, pod } = podOf(large, 'api-gateway');
    expect(container.lifecycle).toBeUndefined();
    const drainMs = Number(env.get('SHUTDOWN_DRAIN_MS')?.value);
    expect(drainMs).toBe(10_000);
    const stopMs = constant('libs/platform/src/lifecycle.ts', 'STOP_TIMEOUT_MS');
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan((drainMs + stopMs) / 1000);
  });
});

describe('a service', () => {
  it.each(services)('%s is updated without a moment in which it is away, on PostgreSQL', (part) => {
    const { spec, container, env } = podOf(large, part);
    expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    expect(container.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/tmp']);
    expect([...env.values()].filter(({ name }) => name.endsWith('_DATABASE_URL'))).toEqual([
      expect.objectContaining({ valueFrom: { secretKeyRef: { name: expect.any(String), key: 'uri' } } }),
    ]);
  });

  it.each(services)('%s keeps its file on a volume that outlives the release, on SQLite', (part) => {
    const { spec, pod, container, env } = podOf(small, part);
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(env.get('DATA_DIR')?.value).toBe('/data');
    expect(container.volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
    const claim = small.one('PersistentVolumeClaim', part);
    expect(pod.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: claim.metadata?.name } });
    expect(claim.metadata?.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
    expect(claim.spec?.accessModes).toEqual(['ReadWriteOncePod']);
  });

  it('can have its file on storage that knows nodes only', () => {
    const claim = render('small', 'orders.persistence.accessMode=ReadWriteOnce').one(
      'PersistentVolumeClaim',
      'orders-service',
    );
    expect(claim.spec?.accessModes).toEqual(['ReadWriteOnce']);
  });

  it('is scaled by the messages that wait in its queue, and by CPU', () => {
    for (const [part, queue] of [
      ['orders-service', 'orders_queue'],
      ['products-service', 'products_queue'],
    ] as const) {
      const { spec } = large.one('ScaledObject', part);
      expect(spec.scaleTargetRef.name).toBe(`shop-holdfast-${part}`);
      expect(spec.triggers.map(({ type, metadata }) => [type, metadata])).toEqual([
        ['rabbitmq', { protocol: 'amqp', mode: 'QueueLength', queueName: queue, value: '500' }],
        ['cpu', { value: '70' }],
      ]);
      expect(podOf(large, part).spec.replicas).toBeUndefined();
    }
  });
});

describe('secrets', () => {
  const secret = /AMQP_URL|REDIS_URL|DATABASE_URL|API_KEYS|ENCRYPTION_KEY|_SECRET$|_TOKEN$|ROLE_KEY/;

  it.each([
    ['small', small],
    ['large', large],
  ] as const)('are named, not held, by a %s installation', (_, rendered) => {
    expect(rendered.manifests.filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap')).toEqual([]);
    const variables = parts.flatMap((part) => [...podOf(rendered, part).env.values()]);
    const held = variables.filter(({ name, valueFrom }) => secret.test(name) && !valueFrom?.secretKeyRef);
    expect(held).toEqual([]);
    expect(variables.filter(({ name }) => name === 'AMQP_URL')).toHaveLength(4);
  });
});
