import { type DeliveryMeasurement } from '../deliveries/delivery-measurement.js';
import { type Measurement } from '../measurement.js';
import { plain, type Subject } from '../systems/subject.js';
import { figuresOf, figuresOfDeliveries } from './results-figures.js';

const onPostgres: Subject = { ...plain('product'), database: 'postgres' };

const aMeasurement = (subject: Subject, given: Partial<Measurement> = {}): Measurement => ({
  subject,
  connections: 200,
  accepted: 1_000,
  acceptedPerSecond: 900,
  confirmedPerSecond: 800,
  p50Ms: 10,
  p99Ms: 20,
  cpuSecondsPer1000: { gateway: 0.1, orders: 0.4, products: 0.2, postgres: 0.5, rabbitmq: 0.3, redis: 0.02 },
  residentMiB: {},
  otherCpuPercent: 1,
  brokerMessagesPerOrder: 6,
  brokerKiBPerOrder: 5,
  commitsPerOrder: 3,
  storedKiBPerOrder: 4,
  walKiBPerOrder: 7,
  writtenKiBPerOrder: 30,
  flushesPerOrder: 2,
  networkKiBPerOrder: 20,
  ...given,
});

describe('the figures that a run has measured', () => {
  it('are those of the product on PostgreSQL', () => {
    expect(figuresOf([aMeasurement(plain('product')), aMeasurement(onPostgres)])).toEqual({
      confirmedPerSecond: 800,
      gatewayUs: 100,
      ordersUs: 400,
      productsUs: 200,
      databaseUs: 500,
      redisUs: 20,
      messages: 6,
      commits: 3,
      walKiB: 7,
      storedKiB: 4,
    });
  });

  it('are medians of the most connections', () => {
    const rates = [900, 700, 800].map((confirmedPerSecond) => aMeasurement(onPostgres, { confirmedPerSecond }));
    const few = aMeasurement(onPostgres, { connections: 50, confirmedPerSecond: 1 });
    expect(figuresOf([few, ...rates]).confirmedPerSecond).toBe(800);
  });

  it('take what copies cost from runs with three brokers, and nothing else from them', () => {
    const cluster = aMeasurement(
      { ...onPostgres, brokers: 3 },
      { cpuSecondsPer1000: { rabbitmq: 0.9 }, networkKiBPerOrder: 30 },
    );
    expect(figuresOf([cluster])).toEqual({ clusterUs: 900, networkKiB: 30 });
  });

  it('are none of a run that has measured something else', () => {
    const others = [plain('bare'), { ...onPostgres, instances: 2 }, { ...onPostgres, hot: true }];
    expect(figuresOf(others.map((subject) => aMeasurement(subject)))).toEqual({});
  });
});

describe('the figures that deliveries have shown', () => {
  const aDelivery = (given: Partial<DeliveryMeasurement> = {}): DeliveryMeasurement => ({
    figure: 'live',
    database: 'postgres',
    endpoints: 1,
    deliveries: 1_000,
    perSecond: 4_000,
    cpuPerDelivery: { sender: 100, postgres: 90, rabbitmq: 50, redis: 5, receiver: 20, events: 30 },
    residentMiB: {},
    otherCpuPercent: 1,
    ...given,
  });

  it('are medians of live ones to one subscriber on PostgreSQL', () => {
    const rates = [4_000, 6_000, 5_000].map((perSecond) => aDelivery({ perSecond }));
    const others = [
      aDelivery({ figure: 'stored', perSecond: 1 }),
      aDelivery({ database: 'sqlite', perSecond: 1 }),
      aDelivery({ endpoints: 100, perSecond: 1 }),
      aDelivery({ voidBecause: 'of 10 callbacks 9 came', perSecond: 1 }),
    ];
    expect(figuresOfDeliveries([...others, ...rates])).toEqual({
      webhookEventsPerSecond: 5_000,
      webhookUs: 100,
      webhookServersUs: 145,
    });
  });

  it('are none of a run without any', () => {
    expect(figuresOfDeliveries([aDelivery({ database: 'sqlite' })])).toEqual({});
  });
});
