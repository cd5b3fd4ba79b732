import { DeliveryMeasurement } from '../deliveries/delivery-measurement.js';
import { Measurement } from '../measurement.js';
import { median } from '../report/median.js';
import { Figures } from './figures.js';

type Take = (measurement: Measurement) => number | undefined;

const cpuUs =
  (process: string): Take =>
  ({ cpuSecondsPer1000 }) =>
    (cpuSecondsPer1000[process] ?? Number.NaN) * 1_000;

/** With one broker. */
const OF_ONE_BROKER: { [Name in keyof Figures]?: Take } = {
  confirmedPerSecond: (m) => m.confirmedPerSecond,
  gatewayUs: cpuUs('gateway'),
  ordersUs: cpuUs('orders'),
  productsUs: cpuUs('products'),
  databaseUs: cpuUs('postgres'),
  redisUs: cpuUs('redis'),
  messages: (m) => m.brokerMessagesPerOrder,
  commits: (m) => m.commitsPerOrder,
  walKiB: (m) => m.walKiBPerOrder,
  storedKiB: (m) => m.storedKiBPerOrder,
};

/**
 * Figures of the model from measurements of the product on PostgreSQL: medians over the rounds at the most connections
 * that were measured. Others are left out: what is not among the measurements stays as it was.
 */
export function figuresOf(measurements: readonly Measurement[]): Partial<Figures> {
  const onPostgres = measurements.filter(
    ({ subject: { system, database, instances, gateways, hot } }) =>
      system === 'product' && database === 'postgres' && instances === 1 && gateways === 1 && !hot,
  );
  const withBrokers = (nodes: number) => mostConnections(onPostgres.filter(({ subject }) => subject.brokers === nodes));
  const plain = withBrokers(1);
  const taken: Partial<Figures> = {};
  for (const [name, take] of Object.entries(OF_ONE_BROKER)) set(taken, name as keyof Figures, plain, take);
  const cluster = withBrokers(3);
  set(taken, 'clusterUs', cluster, cpuUs('rabbitmq'));
  set(taken, 'networkKiB', cluster, (m) => m.networkKiBPerOrder);
  return taken;
}

/** What a live delivery to one subscriber takes on PostgreSQL, the same way. */
export function figuresOfDeliveries(measurements: readonly DeliveryMeasurement[]): Partial<Figures> {
  const live = measurements.filter(
    ({ figure, database, endpoints, voidBecause }) =>
      figure === 'live' && database === 'postgres' && endpoints === 1 && voidBecause === undefined,
  );
  const taken: Partial<Figures> = {};
  set(taken, 'webhookEventsPerSecond', live, (m) => m.perSecond);
  set(taken, 'webhookUs', live, (m) => m.cpuPerDelivery.sender);
  set(taken, 'webhookServersUs', live, ({ cpuPerDelivery: { postgres = Number.NaN, rabbitmq = 0, redis = 0 } }) => {
    return postgres + rabbitmq + redis;
  });
  return taken;
}

function set<Measured>(
  figures: Partial<Figures>,
  name: keyof Figures,
  measurements: readonly Measured[],
  take: (measurement: Measured) => number | undefined,
): void {
  const values = measurements.map(take).filter((value) => value !== undefined && Number.isFinite(value));
  if (values.length > 0) figures[name] = median(values as number[]);
}

function mostConnections(measurements: readonly Measurement[]): Measurement[] {
  const most = Math.max(...measurements.map(({ connections }) => connections));
  return measurements.filter(({ connections }) => connections === most);
}
