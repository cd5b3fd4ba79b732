import { parseArgs } from 'node:util';
import { DATABASES, DatabaseName } from './databases/database-location.js';
import { DeliveryOptions } from './deliveries/compare-deliveries.js';
import { type NamedSubjects, readSubjects } from './subject-options.js';
import { Subject } from './systems/subject.js';

export const USAGE = `npm run bench -- [options]

  --connections 50,200   connections of the load, one comparison each
  --seconds 20           length of one measurement
  --orders N             measure N orders instead of a time
  --rounds 3             measurements of each system; medians are reported
  --warm-up 5            seconds of load before each measurement
  --only SYSTEM          bare, bare-events or product; no deliveries
  --database DATABASE    sqlite, postgres or both; without --listing, --hot or --deliveries only the product's orders, on
                         that database
  --instances 1          processes of orders-service and of products-service each; several need PostgreSQL
  --gateways 1           processes of the gateway, over which the load is spread
  --brokers 1            nodes of the broker; 3 keep three copies of every message
  --hot                  only orders that all want one product, beside orders for 50; on both databases
  --soak 200000          run that many orders through one system, by default the product, and watch its memory
  --deliveries           only the deliveries of callbacks and their fairness, no orders; with --database no fairness
  --fairness             only what bad subscribers cost the others
  --callbacks 10000      deliveries of one measurement
  --subscribers 1,100    endpoints of the deliveries, one comparison each
  --bullmq-concurrency 100   jobs that its worker has under way
  --listing              only lists of orders, their first page beside page 1,000; on both databases
  --listed 1000000       orders in the database that is listed
  --streams 1000         only what so many open streams of order events cost
  --model                measures nothing: what so many orders a minute would take (--help with it for its options)
  --help`;

export interface BenchOptions {
  connections: number[];
  until: { seconds: number } | { orders: number };
  rounds: number;
  warmUpSeconds: number;
  /** Compared with one another. */
  subjects: Subject[];
  /** Pairs that are compared: orders for 50 products and for one, on each database. */
  hot: Subject[][];
  /** Orders of the soak run, which then replaces the comparisons. */
  soak: number | undefined;
  parts: Part[];
  deliveries: DeliveryOptions;
  listing: ListingOptions;
  /** Streams of order events that are open at a time. */
  streams: number;
}

export interface ListingOptions {
  databases: DatabaseName[];
  /** In the database. */
  orders: number;
}

/** What is measured when nothing is named. */
const PARTS = ['orders', 'deliveries', 'fairness', 'listing', 'streams'] as const;

/** What there is to measure. */
export type Part = (typeof PARTS)[number] | 'hot';

/** Reads the command line. Throws with a sentence that names the option at fault; answers undefined for --help. */
export function readOptions(args: string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      connections: { type: 'string', default: '50,200' },
      seconds: { type: 'string', default: '20' },
      orders: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      'warm-up': { type: 'string', default: '5' },
      only: { type: 'string' },
      database: { type: 'string' },
      instances: { type: 'string' },
      gateways: { type: 'string' },
      brokers: { type: 'string' },
      hot: { type: 'boolean', default: false },
      soak: { type: 'string' },
      deliveries: { type: 'boolean', default: false },
      fairness: { type: 'boolean', default: false },
      callbacks: { type: 'string', default: '10000' },
      subscribers: { type: 'string', default: '1,100' },
      'bullmq-concurrency': { type: 'string', default: '100' },
      listing: { type: 'boolean', default: false },
      listed: { type: 'string', default: '1000000' },
      streams: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const named: NamedSubjects = {
    only: values.only,
    databases: values.database === undefined ? undefined : databases(values.database),
    instances: values.instances === undefined ? undefined : wholeNumber('instances', values.instances),
    gateways: values.gateways === undefined ? undefined : wholeNumber('gateways', values.gateways),
    brokers: values.brokers === undefined ? undefined : wholeNumber('brokers', values.brokers),
  };
  return {
    ...readSubjects(named),
    connections: wholeNumbers('connections', values.connections),
    until:
      values.orders === undefined
        ? { seconds: wholeNumber('seconds', values.seconds) }
        : { orders: wholeNumber('orders', values.orders) },
    rounds: wholeNumber('rounds', values.rounds),
    warmUpSeconds: wholeNumber('warm-up', values['warm-up']),
    soak: values.soak === undefined ? undefined : wholeNumber('soak', values.soak),
    parts: parts(values, named),
    deliveries: {
      databases: named.databases ?? ['sqlite'],
      endpoints: wholeNumbers('subscribers', values.subscribers),
      deliveries: wholeNumber('callbacks', values.callbacks),
      bullmqConcurrency: wholeNumber('bullmq-concurrency', values['bullmq-concurrency']),
    },
    listing: { databases: named.databases ?? [...DATABASES], orders: wholeNumber('listed', values.listed) },
    streams: wholeNumber('streams', values.streams ?? '1000'),
  };
}

interface NamedParts {
  deliveries: boolean;
  fairness: boolean;
  hot: boolean;
  listing: boolean;
  streams?: string | undefined;
  only?: string | undefined;
}

function parts({ deliveries, fairness, hot, listing, streams, only }: NamedParts, subjects: NamedSubjects): Part[] {
  const named: Part[] = [];
  if (hot) named.push('hot');
  if (deliveries) named.push('deliveries');
  // It is how deliveries go to some while others fail, which is not of the database.
  if ((deliveries && subjects.databases === undefined) || fairness) named.push('fairness');
  if (listing) named.push('listing');
  if (streams !== undefined) named.push('streams');
  if (only !== undefined && named.length > 0) {
    throw new Error('--only names a system of the orders; the other parts have none.');
  }
  if (named.length > 0) return named;
  return Object.values(subjects).some((value) => value !== undefined) ? ['orders'] : [...PARTS];
}

function databases(text: string): DatabaseName[] {
  if (text === 'both') return [...DATABASES];
  const database = DATABASES.find((name) => name === text);
  if (database === undefined) throw new Error(`--database: "${text}" is none of ${DATABASES.join(', ')}, both.`);
  return [database];
}

const wholeNumbers = (option: string, text: string): number[] =>
  text.split(',').map((part) => wholeNumber(option, part));

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${option}: "${text}" is not a whole number above 0.`);
  return Number(text);
}
