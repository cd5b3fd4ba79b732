import { readFileSync } from 'node:fs';
import { managementRequest } from '@holdfast/local-servers';
import { type Instance } from '../stand/instance.js';
import { type Stand } from '../stand/stand.js';
import { type BrokerLook, type Look, type ProcessLook } from './look.js';

/** How long a look may take. */
const PATIENCE_MS = 5_000;

/** Looks at every process, and at every queue and consumer of RabbitMQ. */
export async function lookAround({ instances, broker }: Stand): Promise<Pick<Look, 'processes' | 'broker'>> {
  const brokerLook = await lookAtBroker(() => broker.alive);
  return { broker: brokerLook, processes: await Promise.all(instances.map(lookAtProcess)) };
}

async function lookAtProcess(instance: Instance): Promise<ProcessLook> {
  const state = stateOf(instance);
  return {
    name: instance.brokerUser,
    service: instance.service,
    state,
    // One that stands still would be waited for.
    ready: state === 'runs' ? await saysReady(instance) : undefined,
    memoryMb: instance.running ? residentMb(instance.pid) : 0,
    ...(state === 'has ended by itself' && { lastLine: instance.said().trimEnd().split('\n').at(-1) ?? '' }),
  };
}

function stateOf({ diedByItself, running, paused }: Instance): ProcessLook['state'] {
  if (diedByItself) return 'has ended by itself';
  if (!running) return 'is down';
  return paused ? 'stands still' : 'runs';
}

async function saysReady(instance: Instance): Promise<boolean | undefined> {
  try {
    return (await instance.readiness()).status === 'ready';
  } catch {
    return undefined;
  }
}

interface QueueReport {
  name: string;
  consumers?: number;
  messages?: number;
  message_stats?: { ack?: number; deliver_no_ack?: number };
}

interface ConsumerReport {
  queue: { name: string };
  channel_details: { user?: string };
  active?: boolean;
}

/** @param access throws while no node runs. */
async function lookAtBroker(access: () => Stand['broker']['alive']): Promise<BrokerLook | undefined> {
  const ask = async (path: string): Promise<unknown> => {
    const { status, body } = await managementRequest(access(), 'GET', path, { timeoutMs: PATIENCE_MS });
    if (status !== 200) throw new Error(`RabbitMQ answered ${status} to ${path}`);
    return JSON.parse(body);
  };
  try {
    const columns = 'columns=name,consumers,messages,message_stats.ack,message_stats.deliver_no_ack';
    const queues = (await ask(`/api/queues/%2F?${columns}`)) as QueueReport[];
    const consumers = (await ask('/api/consumers/%2F')) as ConsumerReport[];
    return { queues: queues.map(queueIn), consumers: consumers.map(consumerIn) };
  } catch {
    return undefined;
  }
}

const queueIn = ({ name, consumers = 0, messages = 0, message_stats: stats }: QueueReport) => ({
  name,
  consumers,
  messages,
  done: (stats?.ack ?? 0) + (stats?.deliver_no_ack ?? 0),
});

const consumerIn = ({ queue, channel_details: { user = '' }, active = true }: ConsumerReport) => ({
  queue: queue.name,
  process: user,
  active,
});

function residentMb(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
