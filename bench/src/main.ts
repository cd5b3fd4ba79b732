/**
 * `npm run bench` measures orders end to end: load over HTTP, until every order is CONFIRMED. Then it measures deliveries of
 * callbacks (`--deliveries`: only those; what they are is told below), lists of orders, and open streams of order events.
 *
 * Systems are measured in the same run, in turn, each time with servers, databases and processes of their own:
 *
 * - `product`: the services as `npm start` runs them, with every guarantee on.
 * - `bare-events` (src/bare): the same hops and messages without the guarantees and without any framework, as fast as
 *   plain code gets. Three processes on node:http, amqplib and better-sqlite3; quorum queues, persistent messages, acks
 *   after publisher confirms, one synced transaction for all work that arrived together. No validation, no inbox, no
 *   event log, no ledger, no Redis.
 * - `bare`: the same without order.created and order.confirmed, the two messages that are for subscribers: the least that
 *   gets an order confirmed.
 *
 * Absolute figures depend on the machine; the figure to quote is the ratio.
 *
 * The load is closed-loop: every connection sends its next order when the last is answered. Orders are of one unit of one
 * of 50 products. A measurement fails, instead of showing figures, when a request is refused, or when in the end the
 * orders that clients saw accepted, the orders CONFIRMED and the units gone from the stock are not the same number.
 *
 * `--database`, `--instances`, `--gateways` and `--brokers` say what the product runs on and in how many processes: all databases
 * of one PostgreSQL, several processes of the services that have a database, several gateways over which the connections are
 * spread, a cluster of brokers. `--hot` has every order want one product, beside orders for 50.
 *
 * What the rows say:
 *
 * - accepted orders/s: answers with 201, from the first request to the last answer.
 * - confirmed orders/s: the same orders, from the first request until the last of them is CONFIRMED.
 * - broker messages per order: publishes by clients, replies included, warm-up included.
 * - to and from the broker: bytes on the connections of its clients, warm-up included; not those between its nodes.
 * - over the network: everything on the loopback interface: HTTP with the load, AMQP, Redis, PostgreSQL, and what others on
 *   the machine say to each other.
 * - commits: by the services' own account; pieces of work share them.
 * - databases grown: pages of SQLite's files, or what PostgreSQL says of the databases, both services together.
 * - PostgreSQL log: what its write-ahead log has grown by.
 * - written to disk, flushes: what the disk that holds `.bench/` has taken, from everybody.
 * - CPU: user and system time, from /proc; `rabbitmq` is the Erlang VM with the management plugin, `postgres` all processes
 *   of the server, several instances of a service are one row.
 * - memory: resident memory at the end of the measurement; of PostgreSQL the shared cache is counted once.
 * - CPU used by others: of the whole machine; some percent are the kernel's own work, more means that figures are too low.
 *
 * Deliveries are signed POSTs of one `order.confirmed` each, to 1 and to 100 subscribers: ports of one receiving process
 * that answers 200 at once, counts every `webhook-id` (on raw sockets, which is cheaper than node:http) and verifies every
 * hundredth signature. Senders of the same number of callbacks, in turn, each in a process of its own:
 *
 * - `plain`: a loop over undici with 32 requests under way to each subscriber, 256 in all, callbacks in memory.
 * - `bullmq`: a BullMQ worker with the same POST as its handler, jobs in Redis beforehand, removed when they are done.
 * - `stored`: the product; deliveries stored for disabled subscriptions beforehand, measured from the command that enables
 *   them until the last attempt stands in the database.
 * - `live`: the product; measured from the first event published to the broker until the last attempt stands in the database.
 *   Its p50 and p99 are from an event to its receipt at 500 events/s.
 *
 * The product's database is SQLite, with `--database postgres` PostgreSQL, whose CPU is then part of a delivery's.
 *
 * Of 100 subscribers each belongs to a client of its own and the events go to the clients in turn, so that for every sender
 * one delivery is one event. A figure is void when a callback came twice or not at all, a signature is wrong, or an attempt
 * is not recorded as answered by 200.
 *
 * Fairness (`--fairness`: only that, without the other deliveries) is what bad subscribers cost the others. Ten healthy ones
 * get 50 events a second each, and the time from an event to its receipt is measured, in one process of the product:
 *
 * - `alone`: for 3 s with nobody else, before and behind each of the others.
 * - `first`: with three more at the same rate, which answer 200 for a second, so that they have all the connections that an
 *   endpoint may have, and then turn bad: one accepts requests and never answers, one answers 500, one answers 302. These
 *   are the 5 s from that moment on.
 * - `after`: the 11 s that follow, past the deadline of 15 s at which everything that hangs fails together.
 *
 * `first` and `after` are 650 events/s, `alone` is 500. A round is void when a callback to a healthy subscriber did not come
 * or came twice, at any time of it, or is not recorded as answered by 200; or when a bad one had no failed attempt or had
 * one that counts as delivered.
 *
 * Lists of orders (`--listing`: only those) are read over HTTP from a million orders that are written straight into the
 * database, SQLite and then PostgreSQL: the first page beside page 1,000, or the last page but one of a shorter list. CPU is
 * that of orders-service, and of PostgreSQL.
 *
 * Streams (`--streams 1000`: only those) are what `GET /orders/{id}/events?until=closed` answers, one for each of so many
 * orders, held open by one process. Orders are placed at 200 a second, open loop and timed from the moment that each was
 * due, for 8 s without streams (`before`), beside them (`with`), and when they are gone (`after`). Between the last two all
 * clients close their connections at once, open their streams again, and see their orders cancelled. The figures are void
 * when a stream was cut off, was left open, or did not tell of the end of its order.
 *
 * `--model` (src/model) measures nothing: it computes what a rate of orders would take from figures that were measured.
 *
 * `--soak 200000` runs that many orders through the product (or the system that `--only` names), with
 * the first number of `--connections`, and prints the resident memory of every process each 20,000 orders.
 *
 * Needs Linux (/proc), rabbitmq-server and redis-server; the product must be built. Results go to `.bench/` as JSON.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareDeliveries, comparisons } from './deliveries/compare-deliveries.js';
import { DeliveryMeasurement } from './deliveries/delivery-measurement.js';
import { measureFairness } from './deliveries/fairness/measure-fairness.js';
import { ListingMeasurement } from './listing/listing-measurement.js';
import { measureListing } from './listing/measure-listing.js';
import { runModel } from './model/run-model.js';
import { BenchOptions, readOptions, USAGE } from './options.js';
import { Teardown } from './processes/teardown.js';
import { deliveriesTable } from './report/deliveries-table.js';
import { fairnessTable } from './report/fairness-table.js';
import { listingTable } from './report/listing-table.js';
import { writeResults } from './report/results-file.js';
import { streamsTable } from './report/streams-table.js';
import { figure } from './report/text-table.js';
import { type RunSurroundings, runComparisons, runHot, runSoak } from './run-orders.js';
import { measureStreams } from './streams/measure-streams.js';
import { faultOf } from './streams/streams-measurement.js';

const RESULTS_DIR = join(import.meta.dirname, '../../.bench');
const WORK_DIR = join(RESULTS_DIR, `run-${process.pid}`);

/** 128 + the number of the signal, as shells report it. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const teardown = new Teardown();
let interrupted = false;
const progress = (text: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

async function runDeliveries({ deliveries: options, rounds }: BenchOptions): Promise<void> {
  const all: DeliveryMeasurement[] = [];
  for (const comparison of comparisons(options)) {
    const surroundings = { rounds, workDir: WORK_DIR, teardown, progress };
    const measurements = await compareDeliveries(options, comparison, surroundings);
    all.push(...measurements);
    const title = `Deliveries, subscribers: ${comparison.endpoints}, ${comparison.database}`;
    process.stdout.write(`\n${title}\n${deliveriesTable(measurements)}\n\n`);
  }
  if (all.some(({ voidBecause }) => voidBecause !== undefined)) process.exitCode = 1;
  progress(`Results: ${writeResults(RESULTS_DIR, { options: { ...options, rounds }, deliveries: all })}`);
}

async function runFairness({ rounds }: BenchOptions): Promise<void> {
  const dataDir = join(WORK_DIR, 'fairness');
  const fairness = await teardown.around(() => measureFairness({ rounds, dataDir, progress }, teardown));
  rmSync(dataDir, { recursive: true });
  process.stdout.write(`\nFairness to ten healthy subscribers\n${fairnessTable(fairness)}\n\n`);
  if (fairness.some(({ voidBecause }) => voidBecause !== undefined)) process.exitCode = 1;
  progress(`Results: ${writeResults(RESULTS_DIR, { options: { rounds }, fairness })}`);
}

async function runListing({ listing: options }: BenchOptions): Promise<void> {
  const listings: { database: string; lists: ListingMeasurement[] }[] = [];
  for (const database of options.databases) {
    const setup = { database, orders: options.orders };
    const lists = await measureListing(setup, { workDir: WORK_DIR, teardown, progress });
    listings.push({ database, lists });
    const title = `Lists of ${figure(options.orders)} orders, pages of 50, ${database}`;
    process.stdout.write(`\n${title}\n${listingTable(lists)}\n\n`);
  }
  progress(`Results: ${writeResults(RESULTS_DIR, { options, listings })}`);
}

async function runStreams({ streams }: BenchOptions): Promise<void> {
  const dataDir = join(WORK_DIR, 'streams');
  const measurement = await teardown.around(() => measureStreams({ streams, dataDir, progress }, teardown));
  rmSync(dataDir, { recursive: true });
  const title = `${figure(streams)} open streams, ${measurement.ordersPerSecond} orders/s`;
  process.stdout.write(`\n${title}\n${streamsTable(measurement)}\n\n`);
  if (faultOf(measurement) !== undefined) process.exitCode = 1;
  progress(`Results: ${writeResults(RESULTS_DIR, { options: { streams }, streams: measurement })}`);
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--model')) {
    runModel(args);
    return;
  }
  const options = readOptions(args);
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  for (const [signal, code] of Object.entries(EXIT_CODES)) process.on(signal, () => void interrupt(code));
  try {
    await run(options);
    removeWorkDir();
  } catch (error) {
    if (interrupted) return;
    progress(`The data and logs of the failed run are kept in ${WORK_DIR}`);
    throw error;
  }
}

async function run(options: BenchOptions): Promise<void> {
  const surroundings: RunSurroundings = { workDir: WORK_DIR, resultsDir: RESULTS_DIR, teardown, progress };
  if (options.soak !== undefined) {
    await runSoak(options, options.soak, surroundings);
    return;
  }
  if (options.parts.includes('orders')) await runComparisons(options, surroundings);
  if (options.parts.includes('hot')) await runHot(options, surroundings);
  if (options.parts.includes('deliveries')) await runDeliveries(options);
  if (options.parts.includes('fairness')) await runFairness(options);
  if (options.parts.includes('listing')) await runListing(options);
  if (options.parts.includes('streams')) await runStreams(options);
}

/** The first signal stops everything in order; a second one does not wait for that: what is left is killed. */
async function interrupt(exitCode: number): Promise<void> {
  if (interrupted) process.exit(exitCode);
  interrupted = true;
  progress('stopping');
  await teardown.unwind();
  removeWorkDir();
  process.exit(exitCode);
}

function removeWorkDir(): void {
  // Retried, because a process that has just been killed may still be closing its files.
  rmSync(WORK_DIR, { recursive: true, force: true, maxRetries: 5 });
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
