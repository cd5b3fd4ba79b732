import { Counter, Histogram, type Registry } from 'prom-client';

export interface UnitOfWorkMetrics {
  /** Called after each commit with the number of pieces in it and its length in seconds, fsync included. */
  committed(pieces: number, seconds: number): void;
  /** Called for each group that could not be committed. */
  failed(): void;
}

/** Commits, their size and their length, as Prometheus metrics. */
export function unitOfWorkMetrics(registry: Registry): UnitOfWorkMetrics {
  const pieces = new Histogram({
    name: 'holdfast_unit_of_work_pieces',
    help: 'Pieces of work that shared one commit',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'holdfast_unit_of_work_seconds',
    help: 'Time from the first statement of a group to the end of its commit',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'holdfast_unit_of_work_failures_total',
    help: 'Groups that could not be committed and were rolled back whole',
    registers: [registry],
  });
  return {
    committed: (count, duration) => {
      pieces.observe(count);
      seconds.observe(duration);
    },
    failed: () => failures.inc(),
  };
}
