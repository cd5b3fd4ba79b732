import { givenWay, limits, plan } from './capacity.js';
import { completeFigures, type Figures } from './figures.js';

const aMachine = (given: Partial<Figures> = {}): Figures =>
  completeFigures({
    confirmedPerSecond: 1_000,
    gatewayUs: 100,
    ordersUs: 400,
    productsUs: 200,
    databaseUs: 500,
    redisUs: 20,
    clusterUs: 600,
    messages: 6,
    networkKiB: 20,
    commits: 3,
    walKiB: 8,
    storedKiB: 4,
    hotPerSecond: 800,
    relayPerSecond: 9_000,
    queuePerSecond: 20_000,
    webhookEventsPerSecond: 8_400,
    webhookUs: 60,
    webhookServersUs: 140,
    busyShare: 0.5,
    ...given,
  });

const limitOf = (figures: Figures, part: string): number | undefined =>
  limits(figures).find((limit) => limit.part === part)?.ordersPerSecond;

describe('how far one of each goes', () => {
  it.each([
    ['a process of the gateway', 5_000],
    ['a process of orders-service', 1_250],
    ['a broker of three nodes, CPU', 20_000],
    ['a broker of three nodes, messages', 2_150],
    ['the relay of orders-service', 1_500],
    ['orders_queue', 5_000],
    ['one product', 400],
    ['webhook-publisher', 1_400],
    ['a PostgreSQL server, log', 12_800],
  ])('%s: %d orders/s when half busy', (part, ordersPerSecond) => {
    expect(limitOf(aMachine(), part)).toBeCloseTo(ordersPerSecond);
  });

  it('names the first to give way first', () => {
    const rates = limits(aMachine()).map(({ ordersPerSecond }) => ordersPerSecond);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
  });

  it('says what gives way between two rates and more of the same does not help', () => {
    const between = givenWay(limits(aMachine()), 400, 2_000).map(({ part }) => part);
    expect(between).toEqual(['webhook-publisher', 'the relay of orders-service']);
  });

  it('has queue and relay carry more for orders whose lines are in two partitions', () => {
    const inTwo = aMachine({ partitionsPerOrder: 2 });
    expect(limitOf(inTwo, 'orders_queue')).toBeCloseTo(20_000 * 0.5 * (1 / 3));
    expect(limitOf(inTwo, 'the relay of products-service')).toBeCloseTo(2_250);
    expect(limitOf(inTwo, 'webhook-publisher')).toBeCloseTo(1_050);
  });
});

describe('the plan for a rate', () => {
  it('is one of each, three brokers and no partitions where that suffices', () => {
    expect(plan(aMachine(), 1_000)).toMatchObject({
      gateways: 1,
      ordersProcesses: 1,
      productsProcesses: 1,
      webhookProcesses: 1,
      brokerNodes: 3,
      databaseServers: 1,
      ordersPartitions: 1,
      productsPartitions: 1,
      webhookPartitions: 1,
      hottestShare: 1,
    });
  });

  it('multiplies what an order takes', () => {
    const million = plan(aMachine(), 1_000_000);
    expect(million.messagesPerSecond).toBeCloseTo(100_000);
    expect(million.commitsPerSecond).toBeCloseTo(50_000);
    expect(million.logMiBPerSecond).toBeCloseTo(130.2, 1);
    expect(million.storedGiBPerDay).toBeCloseTo(5_493, 0);
    expect(million.daysToFull).toBeCloseTo((5 * 2 * 1_024) / 5_493, 2);
    expect(million.networkGbitPerSecond).toBeCloseTo(3.82, 1);
    expect(million.busyCores).toBeCloseTo(((1_820 + 3 * 200) * 1_000_000) / 60 / 1e6);
    expect(million.timesMeasured).toBeCloseTo(16.67);
  });

  it('does not take another process for an error of rounding', () => {
    // 16,666.67 orders a second of 1.62 ms each, half busy.
    expect(plan(aMachine({ ordersUs: 1_620 }), 1_000_000).ordersProcesses).toBe(54);
    expect(plan(aMachine({ ordersUs: 1_621 }), 1_000_000).ordersProcesses).toBe(55);
  });

  it('has each event of an order pass webhook-publisher', () => {
    // 50,000 events a second, half again as many on the busiest partition, 4,200 each.
    expect(plan(aMachine(), 1_000_000)).toMatchObject({ webhookPartitions: 18, webhookProcesses: 18 });
    expect(plan(aMachine({ webhookUs: 600 }), 1_000_000).webhookProcesses).toBe(60);
  });

  it('has partitions enough for the busiest of them', () => {
    // 50,000 events a second, half again as many on the busiest, 4,500 a relay.
    expect(plan(aMachine(), 1_000_000).ordersPartitions).toBe(17);
    expect(plan(aMachine({ skew: 1 }), 1_000_000).ordersPartitions).toBe(12);
  });

  it('runs at least one process for each partition', () => {
    const { ordersPartitions, ordersProcesses } = plan(aMachine({ ordersUs: 1 }), 1_000_000);
    expect(ordersProcesses).toBe(ordersPartitions);
  });

  it('has a partition for each server: none is on two', () => {
    const { databaseServers, productsPartitions } = plan(aMachine({ databaseUs: 50_000 }), 1_000_000);
    expect(databaseServers).toBe(105);
    expect(productsPartitions).toBeGreaterThanOrEqual(databaseServers / 2);
  });

  it('counts the messages of an order that is in several partitions', () => {
    expect(plan(aMachine({ partitionsPerOrder: 3 }), 60).messagesPerSecond).toBeCloseTo(10);
  });

  it('says which share of all orders may want one product', () => {
    expect(plan(aMachine(), 60_000).hottestShare).toBeCloseTo(0.4);
  });
});
