import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { managementRequest } from '@holdfast/local-servers';
import { type History } from '../history/history.js';
import { type Instance } from '../stand/instance.js';
import { QUERY_QUEUES, WORK_QUEUES } from '../stand/queues.js';
import { type Stand } from '../stand/stand.js';

const LOOK_MS = 1_000;

/** What a lost consumer may take to show in its process's readiness. */
const RED_WITHIN_MS = 30_000;

// The management API shows what queues reported up to 5 s ago.
const REPORT_DELAY_MS = 6_000;

/** More than twice the highest that any run here has seen; what grows without end passes it. */
const MEMORY_LIMIT_MB = 640;

// While a consumer is away, what the closed loop of buyers places waits for it: 3,612 messages at most so far, in the 25 s of a
// half-open network.
const BACKLOG_LIMIT = 5_000;

/** REQUEST_TIMEOUT_MS is 3 s, and a machine with two cores and everything on it may be late by some seconds. */
const REQUEST_LIMIT_MS = 12_000;

const OWNERS: Record<string, Instance['service']> = {
  orders: 'orders-service',
  products: 'products-service',
  webhooks: 'webhook-publisher',
};

/** Looks at everything once a second while faults happen, and writes down what must not be. */
export class Watch {
  readonly silent: string[] = [];
  readonly unbounded: string[] = [];
  /** Highest seen: resident memory in MB by service, and messages in all queues. */
  readonly peaks = { memoryMb: new Map<string, number>(), backlog: 0 };
  private readonly greenWithoutConsumer = new Map<string, number>();
  private readonly stopped = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly stand: Stand,
    private readonly history: History,
  ) {}

  start(): void {
    this.looking = this.lookUntilStopped();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.looking;
  }

  private async lookUntilStopped(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      for (const instance of this.stand.instances) this.lookAtProcess(instance);
      await this.lookAtQueues();
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private lookAtProcess(instance: Instance): void {
    if (instance.diedByItself) {
      this.note(this.silent, `${instance.name} has ended by itself: ${lastLineOf(instance.output())}`);
      return;
    }
    const memoryMb = instance.running ? residentMb(instance.pid) : 0;
    const { memoryMb: peaks } = this.peaks;
    peaks.set(instance.service, Math.max(memoryMb, peaks.get(instance.service) ?? 0));
    if (memoryMb > MEMORY_LIMIT_MB) {
      this.note(this.unbounded, `${instance.name} takes more than ${MEMORY_LIMIT_MB} MB`);
    }
  }

  private async lookAtQueues(): Promise<void> {
    const queues = await this.queues();
    // Without an answer of the broker nobody can be blamed.
    if (!queues) return this.greenWithoutConsumer.clear();
    const backlog = queues.reduce((sum, { messages = 0 }) => sum + messages, 0);
    this.peaks.backlog = Math.max(this.peaks.backlog, backlog);
    if (backlog > BACKLOG_LIMIT) this.note(this.unbounded, `more than ${BACKLOG_LIMIT} messages wait in queues`);
    for (const name of [...WORK_QUEUES, ...QUERY_QUEUES]) {
      await this.lookAtConsumers(name, queues.find((queue) => queue.name === name)?.consumers ?? 0);
    }
  }

  /** As long as a consumer of a queue is missing, one of its processes has to be red. */
  private async lookAtConsumers(queue: string, consumers: number): Promise<void> {
    const owner = OWNERS[queue.split('_')[0] ?? ''];
    const owners = this.stand.instances.filter(({ service }) => service === owner);
    const missing = consumers < owners.length && owners.every(({ running, paused }) => running && !paused);
    if (!missing || !(await allGreen(owners))) {
      this.greenWithoutConsumer.delete(queue);
      return;
    }
    const since = this.greenWithoutConsumer.get(queue) ?? performance.now();
    this.greenWithoutConsumer.set(queue, since);
    if (performance.now() - since < RED_WITHIN_MS + REPORT_DELAY_MS) return;
    this.note(this.silent, `${queue} has ${consumers} consumers for ${owners.length} processes, which all say ready`);
  }

  private async queues(): Promise<QueueReport[] | undefined> {
    try {
      const path = '/api/queues/%2F?columns=name,consumers,messages';
      const { status, body } = await managementRequest(this.stand.broker.alive, 'GET', path, { timeoutMs: 5_000 });
      return status === 200 ? (JSON.parse(body) as QueueReport[]) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Looks at every request so far. */
  lookAtRequests(): void {
    const slow = this.history.calls.filter(({ outcome }) => (outcome?.tookMs ?? 0) > REQUEST_LIMIT_MS);
    if (slow.length === 0) return;
    const longest = Math.max(...slow.map(({ outcome }) => outcome?.tookMs ?? 0));
    this.note(this.unbounded, `${slow.length} requests took longer than ${REQUEST_LIMIT_MS} ms, up to ${longest} ms`);
  }

  private note(list: string[], sentence: string): void {
    if (list.includes(sentence)) return;
    list.push(sentence);
    this.history.incident(sentence);
  }
}

interface QueueReport {
  name: string;
  consumers?: number;
  messages?: number;
}

async function allGreen(instances: readonly Instance[]): Promise<boolean> {
  for (const instance of instances) {
    const readiness = await instance.readiness().catch(() => undefined);
    if (readiness?.status !== 'ready') return false;
  }
  return true;
}

function residentMb(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}

const lastLineOf = (output: string): string => output.trimEnd().split('\n').at(-1) ?? '';
