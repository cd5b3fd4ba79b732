import { Figures } from './figures.js';

/** Events that the relay of orders-service publishes per order: order.created, product.reserveStock, order.confirmed. */
const EVENTS_OF_ORDERS = 3;
/** Messages that pass orders_queue per order: orders.create, product.stockReserved. */
const MESSAGES_OF_ORDERS = 2;
/**
 * Events of a confirmed order on webhooks_queue, which is bound to every type that a subscriber may want: order.created,
 * product.stockReserved, order.confirmed. webhook-publisher stores each of them, whoever wants it.
 */
const EVENTS_OF_WEBHOOKS = 3;
/** product.reserveStock to a partition, product.stockReserved from it: the one event of its relay, the one message of its queue. */
const MESSAGES_OF_A_PARTITION = 2;

/** Copies that a quorum queue keeps, and so the fewest nodes. */
const COPIES = 3;

const US_PER_S = 1e6;
const KIB_PER_MIB = 1024;
const GIB_PER_TIB = 1024;
const BITS_PER_KIB = 8 * 1024;
const SECONDS_PER_DAY = 86_400;

/** What is exactly 54 comes out of the arithmetic as 54.00000000000001, which is not 55 processes. */
const ROUNDING_ERROR = 1e-9;

/** Something of which there is one until something is changed, and how far one goes. */
export interface Limit {
  part: string;
  /** At the share of its capacity that it is to be busy with. */
  ordersPerSecond: number;
  /** What comes next. */
  beyond: string;
  /** Whether more of the same is all that it takes. */
  byMore: boolean;
}

/** CPU per order of what grows with the partitions that an order is in. */
function costs(figures: Figures) {
  const more = figures.partitionsPerOrder - 1;
  const messages = figures.messages + MESSAGES_OF_A_PARTITION * more;
  const perMessage = messages / figures.messages;
  return {
    messages,
    clusterUs: figures.clusterUs * perMessage,
    // Each partition has a reservation of its own, and each answer of one is a message to orders-service.
    productsUs: figures.productsUs * figures.partitionsPerOrder,
    ordersUs: figures.ordersUs * (1 + more / MESSAGES_OF_ORDERS),
  };
}

const eventsOfOrders = ({ partitionsPerOrder }: Figures): number => EVENTS_OF_ORDERS - 1 + partitionsPerOrder;
const messagesOfOrders = ({ partitionsPerOrder }: Figures): number => MESSAGES_OF_ORDERS - 1 + partitionsPerOrder;
/** Each partition of products says what it has reserved. */
const eventsOfWebhooks = ({ partitionsPerOrder }: Figures): number => EVENTS_OF_WEBHOOKS - 1 + partitionsPerOrder;

/** How far one of each goes, the first to give way first. */
export function limits(figures: Figures): Limit[] {
  const { busyShare, relayPerSecond, queuePerSecond, partitionsPerOrder } = figures;
  const { messages, clusterUs, productsUs, ordersUs } = costs(figures);
  const cores = (count: number, us: number) => (count * US_PER_S) / us;
  const all: [part: string, ordersPerSecond: number, beyond: string][] = [
    ['a process of the gateway', cores(1, figures.gatewayUs), 'more processes'],
    ['a process of orders-service', cores(1, ordersUs), 'more processes, on PostgreSQL'],
    ['a process of products-service', cores(1, productsUs), 'more processes, on PostgreSQL'],
    ['Redis, one thread', cores(1, figures.redisUs), 'a Redis for each partition'],
    ['a broker of three nodes, CPU', cores(COPIES * figures.brokerCores, clusterUs), 'more nodes, leaders spread'],
    ['a broker of three nodes, messages', (COPIES * figures.nodeMessages) / messages, 'more nodes, leaders spread'],
    [
      'a PostgreSQL server, CPU',
      cores(figures.databaseCores, figures.databaseUs),
      'a server for each service, then partitions',
    ],
    [
      'a PostgreSQL server, log',
      (figures.logMiBPerSecond * KIB_PER_MIB) / figures.walKiB,
      'a server for each service, then partitions',
    ],
    [
      'a PostgreSQL server, commits',
      figures.serverCommits / figures.commits,
      'a server for each service, then partitions',
    ],
    ['the relay of orders-service', relayPerSecond / eventsOfOrders(figures), 'partitions of orders'],
    ['orders_queue', queuePerSecond / messagesOfOrders(figures), 'partitions of orders'],
    ['the relay of products-service', relayPerSecond / partitionsPerOrder, 'partitions of products'],
    ['products_queue', queuePerSecond / partitionsPerOrder, 'partitions of products'],
    ['one product', figures.hotPerSecond, 'one consumer for it: partitions of products'],
    [
      'webhook-publisher',
      figures.webhookEventsPerSecond / eventsOfWebhooks(figures),
      'partitions of webhooks, by subject',
    ],
  ];
  return all
    .map(([part, ordersPerSecond, beyond]) => {
      const byMore = beyond.startsWith('more ');
      return { part, ordersPerSecond: ordersPerSecond * busyShare, beyond, byMore };
    })
    .sort((a, b) => a.ordersPerSecond - b.ordersPerSecond);
}

/** What a rate of orders takes. */
export interface Plan {
  ordersPerMinute: number;
  ordersPerSecond: number;
  /** Cores that are busy, all processes together, on average. */
  busyCores: number;
  gateways: number;
  ordersProcesses: number;
  productsProcesses: number;
  webhookProcesses: number;
  brokerNodes: number;
  /** Of orders and products. */
  databaseServers: number;
  /** 1 is none. */
  ordersPartitions: number;
  productsPartitions: number;
  webhookPartitions: number;
  messagesPerSecond: number;
  commitsPerSecond: number;
  logMiBPerSecond: number;
  networkGbitPerSecond: number;
  storedGiBPerDay: number;
  /** Until the disks of those servers are full, if nobody takes anything away. */
  daysToFull: number;
  /** What of all orders may want one product. */
  hottestShare: number;
  /** The rate, as a multiple of what one machine was measured with. */
  timesMeasured: number;
}

/** Sizes every part for a rate, each busy with its share on average. */
export function plan(figures: Figures, ordersPerMinute: number): Plan {
  const rate = ordersPerMinute / 60;
  const { busyShare, relayPerSecond, queuePerSecond, partitionsPerOrder } = figures;
  const { messages, clusterUs, productsUs, ordersUs } = costs(figures);
  const cores = (us: number) => (rate * us) / US_PER_S;
  const sized = (load: number, capacity: number) =>
    Math.max(1, Math.ceil(load / (capacity * busyShare) - ROUNDING_ERROR));
  // The hash puts more on one than on another, and it is the busiest that must not be late.
  const partitions = (load: number, capacity: number) =>
    load <= capacity * busyShare ? 1 : sized(load * figures.skew, capacity);

  const logMiBPerSecond = (rate * figures.walKiB) / KIB_PER_MIB;
  const servers = Math.max(
    sized(cores(figures.databaseUs), figures.databaseCores),
    sized(logMiBPerSecond, figures.logMiBPerSecond),
    sized(rate * figures.commits, figures.serverCommits),
  );
  const ordersPartitions = Math.max(
    partitions(rate * eventsOfOrders(figures), relayPerSecond),
    partitions(rate * messagesOfOrders(figures), queuePerSecond),
    // Orders and products take about the same of the servers, and a partition has all of its database on one.
    Math.ceil(servers / 2),
  );
  const productsPartitions = Math.max(
    partitions(rate * partitionsPerOrder, Math.min(relayPerSecond, queuePerSecond)),
    Math.ceil(servers / 2),
  );
  const webhookRate = rate * eventsOfWebhooks(figures);
  const webhookPartitions = partitions(webhookRate, figures.webhookEventsPerSecond);
  const webhookCores = (webhookRate * figures.webhookUs) / US_PER_S;
  const webhookServerCores = (webhookRate * figures.webhookServersUs) / US_PER_S;
  const orderUs = figures.gatewayUs + ordersUs + productsUs + figures.databaseUs + clusterUs + figures.redisUs;
  const networkKiB = figures.networkKiB + figures.walKiB * figures.standbys;
  const storedGiBPerDay = (rate * SECONDS_PER_DAY * figures.storedKiB) / KIB_PER_MIB ** 2;
  return {
    ordersPerMinute,
    ordersPerSecond: rate,
    busyCores: cores(orderUs) + webhookCores + webhookServerCores,
    gateways: sized(cores(figures.gatewayUs), 1),
    ordersProcesses: Math.max(sized(cores(ordersUs), 1), ordersPartitions),
    productsProcesses: Math.max(sized(cores(productsUs), 1), productsPartitions),
    webhookProcesses: Math.max(sized(webhookCores, 1), webhookPartitions),
    brokerNodes: Math.max(
      COPIES,
      sized(cores(clusterUs), figures.brokerCores),
      sized(rate * messages, figures.nodeMessages),
    ),
    databaseServers: servers,
    ordersPartitions,
    productsPartitions,
    webhookPartitions,
    messagesPerSecond: rate * messages,
    commitsPerSecond: rate * figures.commits,
    logMiBPerSecond,
    networkGbitPerSecond: (rate * networkKiB * BITS_PER_KIB) / 1e9,
    storedGiBPerDay,
    daysToFull: (servers * figures.diskTiB * GIB_PER_TIB) / storedGiBPerDay,
    hottestShare: Math.min(1, (figures.hotPerSecond * busyShare) / rate),
    timesMeasured: rate / figures.confirmedPerSecond,
  };
}

/** What must be built in another way between two rates, the first to give way first: more of the same does not help it. */
export const givenWay = (all: readonly Limit[], from: number, to: number): Limit[] =>
  all.filter(({ ordersPerSecond, byMore }) => !byMore && ordersPerSecond > from && ordersPerSecond <= to);
