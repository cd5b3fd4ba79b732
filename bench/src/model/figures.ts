/** What the model computes with. A measured figure is of the bench, an assumed one is yours to set. */
export interface FigureSpec {
  /** What it is, with its unit. */
  what: string;
  /** The value of an assumption. A measured figure has none: it comes from a file. */
  assumed?: number;
}

const FIGURE_SPECS = {
  confirmedPerSecond: { what: 'orders confirmed a second, everything on the machine that measured' },
  gatewayUs: { what: 'CPU of the gateway per order, µs' },
  ordersUs: { what: 'CPU of orders-service per order, µs' },
  productsUs: { what: 'CPU of products-service per order, µs' },
  databaseUs: { what: 'CPU of PostgreSQL per order, µs' },
  redisUs: { what: 'CPU of Redis per order, µs' },
  clusterUs: { what: 'CPU of RabbitMQ per order, three nodes together, µs' },
  messages: { what: 'messages published per order' },
  networkKiB: { what: 'between all processes per order, with three brokers, KiB' },
  commits: { what: 'commits per order' },
  walKiB: { what: 'write-ahead log of PostgreSQL per order, KiB' },
  storedKiB: { what: 'tables and indexes per order, KiB' },
  hotPerSecond: { what: 'reservations of one product a second' },
  relayPerSecond: { what: 'events that one relay publishes a second' },
  queuePerSecond: { what: 'messages that pass one quorum queue of three copies a second' },
  webhookEventsPerSecond: {
    what: 'events a second that webhook-publisher stores, sends to one subscriber and records, on PostgreSQL',
  },
  webhookUs: { what: 'CPU of webhook-publisher per such event, µs' },
  webhookServersUs: { what: 'CPU of PostgreSQL, one RabbitMQ and Redis per such event, µs' },
  busyShare: { what: 'share of its capacity that a part is to be busy with', assumed: 0.5 },
  brokerCores: { what: 'cores of a broker node', assumed: 8 },
  nodeMessages: { what: 'messages a second that a broker node may take', assumed: 8_600 },
  databaseCores: { what: 'cores of a PostgreSQL server', assumed: 16 },
  logMiBPerSecond: { what: 'write-ahead log that a PostgreSQL server may write, MiB/s', assumed: 200 },
  serverCommits: { what: 'commits a second that a PostgreSQL server may do', assumed: 20_000 },
  standbys: { what: 'standbys that each PostgreSQL server sends its log to', assumed: 1 },
  diskTiB: { what: 'disk of a PostgreSQL server for tables and indexes, TiB', assumed: 2 },
  partitionsPerOrder: { what: 'partitions that the lines of an order are in, on average', assumed: 1 },
  skew: { what: 'load of the busiest partition, as a multiple of the mean', assumed: 1.5 },
} as const satisfies Record<string, FigureSpec>;

export type FigureName = keyof typeof FIGURE_SPECS;
export type Figures = Record<FigureName, number>;

export const figureNames = Object.keys(FIGURE_SPECS) as FigureName[];

export const specOf = (name: FigureName): FigureSpec => FIGURE_SPECS[name];

/** Its option on the command line: gatewayUs is --gateway-us, walKiB is --wal-kib. */
export const flagOf = (name: FigureName): string =>
  name
    .replace('KiB', 'Kib')
    .replace('MiB', 'Mib')
    .replace('TiB', 'Tib')
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Those that are given, and the assumptions of the rest. Throws with the names of measured figures that are missing. */
export function completeFigures(given: Partial<Figures>): Figures {
  const missing = figureNames.filter((name) => given[name] === undefined && specOf(name).assumed === undefined);
  if (missing.length > 0) throw new Error(`No figures for ${missing.join(', ')}.`);
  const values = figureNames.map((name) => [name, given[name] ?? specOf(name).assumed]);
  return Object.fromEntries(values) as Figures;
}
