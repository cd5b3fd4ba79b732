import { networkOf } from './network-of.js';
import { type Count } from './shared-counter.js';

/** Seconds in which wrong keys are counted. */
export const WRONG_KEYS_WINDOW_S = 60;

// Of addresses that keys were used from, and of networks that are refused: 10,000 are about 2 MB. The oldest go first.
const MAX_REMEMBERED = 10_000;

interface Limit {
  /** Wrong keys of one network in one window, through all gateways together. */
  wrongKeys: number;
  now?: () => number;
}

/**
 * Keeps keys from being guessed at speed. A network that has sent too many wrong keys is refused for the rest of the
 * window, right keys included: an answer that told them apart would let the guessing go on. Clients whose key came from
 * the same address before are let through, or whoever shares an address with a guesser would be locked out by him.
 */
export class WrongKeys {
  private readonly refusedUntil = new Map<string, number>();
  private readonly clientsByAddress = new Map<string, Set<string>>();
  private readonly now: () => number;

  constructor(
    private readonly counter: { add(key: string, amount: number): Promise<Count> },
    private readonly limit: Limit,
  ) {
    // Not the time of day: set back by an hour, it would refuse a network for an hour.
    this.now = limit.now ?? (() => performance.now());
  }

  /** For how many seconds more an address is refused, rounded up; 0 where it is not. */
  refusedForS(address: string): number {
    if (this.refusedUntil.size === 0) return 0;
    const network = networkOf(address);
    const left = (this.refusedUntil.get(network) ?? 0) - this.now();
    if (left > 0) return Math.ceil(left / 1000);
    this.refusedUntil.delete(network);
    return 0;
  }

  isKnown(address: string, clientId: string): boolean {
    return this.clientsByAddress.get(address)?.has(clientId) === true;
  }

  /** A key was right, and its address was not refused. */
  right(address: string, clientId: string): void {
    const clients = this.clientsByAddress.get(address);
    if (clients) {
      clients.add(clientId);
      return;
    }
    makeRoom(this.clientsByAddress);
    this.clientsByAddress.set(address, new Set([clientId]));
  }

  /** A key was wrong. Resolves when it is counted, so that the answer after the last one allowed is a refusal. */
  async wrong(address: string): Promise<void> {
    const network = networkOf(address);
    const { total, endsInMs } = await this.counter.add(network, 1);
    if (total <= this.limit.wrongKeys) return;
    makeRoom(this.refusedUntil);
    this.refusedUntil.set(network, this.now() + endsInMs);
  }
}

/** A Map gives its keys in the order in which they came. */
function makeRoom(map: Map<string, unknown>): void {
  const [oldest] = map.size >= MAX_REMEMBERED ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
}
