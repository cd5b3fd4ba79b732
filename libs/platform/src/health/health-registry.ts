/** `down` makes the part not ready; `degraded` is said but does not. */
export interface CheckResult {
  status: 'up' | 'degraded' | 'down';
  detail?: string;
}

export interface HealthReport {
  status: 'ready' | 'not_ready';
  checks: Record<string, CheckResult>;
}

/** The checks a part is ready by. A check answers from what it knows already, at once: a probe must not hang on a broker. */
export class HealthRegistry {
  private readonly checks = new Map<string, () => CheckResult>();
  private stopping = false;

  register(name: string, check: () => CheckResult): void {
    this.checks.set(name, check);
  }

  /** From here on the part is not ready: load balancers send nothing new while it finishes what it has. */
  stop(): void {
    this.stopping = true;
  }

  report(): HealthReport {
    const checks = Object.fromEntries([...this.checks].map(([name, check]) => [name, check()]));
    if (this.stopping) checks.shutdown = { status: 'down', detail: 'shutting down' };
    const ready = Object.values(checks).every((check) => check.status !== 'down');
    return { status: ready ? 'ready' : 'not_ready', checks };
  }
}
