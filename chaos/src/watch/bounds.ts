import { type Call } from '../history/history.js';
import { type Limits, RECENT_MS } from './limits.js';
import { type Look } from './look.js';

/** A time in which no gateway can answer: one of them stands still. */
export interface Standstill {
  fromMs: number;
  toMs: number;
}

/** Finds what grows or waits beyond its limit. */
export class Bounds {
  /** Highest seen: resident memory in MB by service, and messages in all queues. */
  readonly peaks = { memoryMb: new Map<string, number>(), backlog: 0 };
  private readonly recent: Pick<Look, 'atMs' | 'acceptedOrders'>[] = [];
  private readonly standstills: Standstill[] = [];
  private lookedAtMs = 0;

  constructor(private readonly limits: Limits) {}

  /** @param look each follows the one before it in time. @returns what must not be, in sentences. */
  in(look: Look): string[] {
    const sentences = [...this.memory(look), ...this.backlog(look)];
    if (look.processes.some(({ service, state }) => service === 'api-gateway' && state === 'stands still')) {
      // It may have begun right after the last look.
      this.standstills.push({ fromMs: this.lookedAtMs, toMs: look.atMs });
    }
    this.lookedAtMs = look.atMs;
    return sentences;
  }

  /** @param calls all so far; those that have no answer yet have waited until `atMs`. */
  inRequests(calls: readonly Call[], atMs: number): string[] {
    const { requestMs } = this.limits;
    const waits = calls.map((call) => waitOf(call, atMs, this.standstills)).filter((waited) => waited > requestMs);
    if (waits.length === 0) return [];
    // One by one: a list of a hundred thousand is too long for the arguments of a function.
    const longest = waits.reduce((most, waited) => Math.max(most, waited), 0);
    return [`${waits.length} requests took longer than ${requestMs} ms, up to ${longest} ms`];
  }

  private memory({ processes }: Look): string[] {
    const { memoryMb: peaks } = this.peaks;
    for (const { service, memoryMb } of processes) peaks.set(service, Math.max(memoryMb, peaks.get(service) ?? 0));
    const tooLarge = processes.filter(({ memoryMb }) => memoryMb > this.limits.memoryMb);
    return tooLarge.map(({ name }) => `${name} takes more than ${this.limits.memoryMb} MB`);
  }

  /**
   * Load is closed-loop: what may wait is what the orders of the last minute have set in motion. What piles up beside that,
   * repeats without end or is taken by nobody passes it, the sooner the fewer orders there are.
   */
  private backlog({ atMs, acceptedOrders, broker }: Look): string[] {
    this.recent.push({ atMs, acceptedOrders });
    while ((this.recent[1]?.atMs ?? atMs) <= atMs - RECENT_MS) this.recent.shift();
    const messages = broker?.queues.reduce((sum, queue) => sum + queue.messages, 0) ?? 0;
    this.peaks.backlog = Math.max(this.peaks.backlog, messages);
    const orders = acceptedOrders - (this.recent[0]?.acceptedOrders ?? 0);
    const limit = this.limits.restingBacklog + orders * this.limits.messagesPerOrder;
    return messages > limit ? ['more messages wait in queues than what recent orders have set in motion'] : [];
  }
}

/** Without the time in which its gateway may have stood still. */
function waitOf({ asked, outcome }: Call, nowMs: number, standstills: readonly Standstill[]): number {
  const endedAtMs = outcome?.atMs ?? nowMs;
  const excused = standstills.reduce(
    (sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(toMs, endedAtMs) - Math.max(fromMs, asked.atMs)),
    0,
  );
  return endedAtMs - asked.atMs - excused;
}
