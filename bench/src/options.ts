import { parseArgs } from 'node:util';
import { DeliveryOptions } from './deliveries/compare-deliveries.js';
import { SYSTEMS, SystemName } from './systems/system.js';

export const USAGE = `npm run bench -- [options]

  --connections 50,200   connections of the load, one comparison each
  --seconds 20           length of one measurement
  --orders N             measure N orders instead of a time
  --rounds 3             measurements of each system; medians are reported
  --warm-up 5            seconds of load before each measurement
  --only SYSTEM          bare, bare-events or product; no deliveries
  --soak 200000          run that many orders through one system, by default the product, and watch its memory
  --deliveries           only the deliveries of callbacks and their fairness, no orders
  --fairness             only what bad subscribers cost the others
  --callbacks 10000      deliveries of one measurement
  --subscribers 1,100    endpoints of the deliveries, one comparison each
  --bullmq-concurrency 100   jobs that its worker has under way
  --listing              only lists of orders, their first page beside page 1,000
  --listed 1000000       orders in the database that is listed
  --streams 1000         only what so many open streams of order events cost
  --help`;

export interface BenchOptions {
  connections: number[];
  until: { seconds: number } | { orders: number };
  rounds: number;
  warmUpSeconds: number;
  systems: SystemName[];
  /** Orders of the soak run, which then replaces the comparisons. */
  soak: number | undefined;
  parts: Part[];
  deliveries: DeliveryOptions;
  /** Orders in the database that is listed. */
  listed: number;
  /** Streams of order events that are open at a time. */
  streams: number;
}

const PARTS = ['orders', 'deliveries', 'fairness', 'listing', 'streams'] as const;

/** What there is to measure. */
export type Part = (typeof PARTS)[number];

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
  return {
    connections: wholeNumbers('connections', values.connections),
    until:
      values.orders === undefined
        ? { seconds: wholeNumber('seconds', values.seconds) }
        : { orders: wholeNumber('orders', values.orders) },
    rounds: wholeNumber('rounds', values.rounds),
    warmUpSeconds: wholeNumber('warm-up', values['warm-up']),
    systems: systems(values.only),
    soak: values.soak === undefined ? undefined : wholeNumber('soak', values.soak),
    parts: parts(values),
    deliveries: {
      endpoints: wholeNumbers('subscribers', values.subscribers),
      deliveries: wholeNumber('callbacks', values.callbacks),
      bullmqConcurrency: wholeNumber('bullmq-concurrency', values['bullmq-concurrency']),
    },
    listed: wholeNumber('listed', values.listed),
    streams: wholeNumber('streams', values.streams ?? '1000'),
  };
}

interface NamedParts {
  deliveries: boolean;
  fairness: boolean;
  listing: boolean;
  streams?: string | undefined;
  only?: string | undefined;
}

function parts({ deliveries, fairness, listing, streams, only }: NamedParts): Part[] {
  const named: Part[] = [];
  if (deliveries) named.push('deliveries');
  // It is how deliveries go to some while others fail.
  if (deliveries || fairness) named.push('fairness');
  if (listing) named.push('listing');
  if (streams !== undefined) named.push('streams');
  if (only === undefined) return named.length > 0 ? named : [...PARTS];
  if (named.length > 0) throw new Error('--only names a system of the orders; the other parts have none.');
  return ['orders'];
}

const wholeNumbers = (option: string, text: string): number[] =>
  text.split(',').map((part) => wholeNumber(option, part));

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${option}: "${text}" is not a whole number above 0.`);
  return Number(text);
}

function systems(only: string | undefined): SystemName[] {
  if (only === undefined) return [...SYSTEMS];
  const system = SYSTEMS.find((name) => name === only);
  if (system === undefined) throw new Error(`--only: "${only}" is none of ${SYSTEMS.join(', ')}.`);
  return [system];
}
