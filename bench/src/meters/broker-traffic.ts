import { setTimeout as delay } from 'node:timers/promises';
import { type ManagementAccess, managementRequest } from '@holdfast/local-servers';

/** RabbitMQ counts with a delay of 5 s (collect_statistics_interval); a count that stood still for longer is complete. */
const STEADY_MS = 6_000;
const POLL_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Between the broker and its clients since its start. */
export interface BrokerTraffic {
  /** Published by clients, replies included. */
  messages: number;
  /** Sent and received by the clients that are connected now. */
  kiB: number;
}

/** Waits until the counts are complete, which takes some seconds. */
export async function brokerTraffic(broker: ManagementAccess): Promise<BrokerTraffic> {
  let published = await readPublished(broker);
  let steadySince = Date.now();
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() - steadySince < STEADY_MS && Date.now() < deadline) {
    await delay(POLL_MS);
    const now = await readPublished(broker);
    if (now !== published) steadySince = Date.now();
    published = now;
  }
  return { messages: published, kiB: await readKiB(broker) };
}

async function readPublished(broker: ManagementAccess): Promise<number> {
  const overview = await read<{ message_stats?: { publish?: number } }>(broker, '/api/overview');
  return overview.message_stats?.publish ?? 0;
}

async function readKiB(broker: ManagementAccess): Promise<number> {
  const connections = await read<{ recv_oct?: number; send_oct?: number }[]>(broker, '/api/connections');
  const bytes = connections.map(({ recv_oct = 0, send_oct = 0 }) => recv_oct + send_oct);
  return bytes.reduce((total, value) => total + value, 0) / 1024;
}

async function read<Answer>(broker: ManagementAccess, path: string): Promise<Answer> {
  const { status, body } = await managementRequest(broker, 'GET', path, { timeoutMs: 10_000 });
  if (status !== 200) throw new Error(`The management API answered ${status}.`);
  return JSON.parse(body) as Answer;
}
