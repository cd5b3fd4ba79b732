import { type Count } from './shared-counter.js';

/** Whether a request may pass, and what its caller may be told of the limit. */
export interface Verdict {
  allowed: boolean;
  /** Requests that may come in one window. */
  limit: number;
  /** How many of them are left, as far as this gateway knows. */
  remaining: number;
  /** Seconds until the window ends, rounded up. */
  resetS: number;
}

interface Budget {
  /** Requests that are counted already and have not come yet. */
  left: number;
  /** What was left of the limit, for all gateways together, when this one was last told. */
  leftForAll: number;
  /** By a clock that nobody sets, or a window would last an hour; what is left is worth nothing afterwards. */
  endsAt: number;
  /** Requests that wait to be counted. */
  waiting: number;
  refilling: Promise<void> | undefined;
}

interface Limit {
  /** Requests of one client in one window, through all gateways together. */
  requests: number;
  now?: () => number;
}

// A window of 100,000 requests is counted in some 200 steps.
const SHARE = 20;

/**
 * How many requests each client may still make. They are counted in the shared counter before they come, a share of what
 * is left at a time, so that next to none of them waits for it. The shares shrink with what is left: no request too many
 * passes, and what a gateway holds back from the others is at most a twentieth of the limit.
 */
export class ClientBudgets {
  private readonly budgets = new Map<string, Budget>();
  private readonly now: () => number;

  constructor(
    private readonly counter: { add(key: string, amount: number): Promise<Count> },
    private readonly limit: Limit,
  ) {
    this.now = limit.now ?? (() => performance.now());
  }

  /** Takes one request from a client's budget: at once, or, when nothing is counted in advance, after the counter says. */
  take(clientId: string): Verdict | Promise<Verdict> {
    const budget = this.budgetOf(clientId);
    return this.takeCounted(budget) ?? this.takeUncounted(clientId, budget);
  }

  private budgetOf(clientId: string): Budget {
    let budget = this.budgets.get(clientId);
    if (!budget) {
      budget = { left: 0, leftForAll: 0, endsAt: 0, waiting: 0, refilling: undefined };
      this.budgets.set(clientId, budget);
    }
    return budget;
  }

  private takeCounted(budget: Budget): Verdict | undefined {
    const now = this.now();
    if (now >= budget.endsAt) return undefined;
    const allowed = budget.left > 0;
    if (!allowed && budget.leftForAll > 0) return undefined;
    if (allowed) budget.left -= 1;
    return {
      allowed,
      limit: this.limit.requests,
      remaining: budget.left + budget.leftForAll,
      resetS: Math.ceil((budget.endsAt - now) / 1000),
    };
  }

  private async takeUncounted(clientId: string, budget: Budget): Promise<Verdict> {
    budget.waiting += 1;
    try {
      for (;;) {
        budget.refilling ??= this.refill(clientId, budget);
        await budget.refilling;
        const verdict = this.takeCounted(budget);
        if (verdict) return verdict;
      }
    } finally {
      budget.waiting -= 1;
    }
  }

  private async refill(clientId: string, budget: Budget): Promise<void> {
    const leftForAll = this.now() < budget.endsAt ? budget.leftForAll : this.limit.requests;
    const wanted = Math.max(budget.waiting, Math.floor(leftForAll / SHARE), 1);
    try {
      const { total, endsInMs } = await this.counter.add(clientId, wanted);
      budget.left = Math.min(wanted, Math.max(0, this.limit.requests - (total - wanted)));
      budget.leftForAll = Math.max(0, this.limit.requests - total);
      budget.endsAt = this.now() + endsInMs;
    } finally {
      budget.refilling = undefined;
    }
  }
}
