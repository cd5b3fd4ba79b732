import { type ServiceRuntime } from '@holdfast/messaging';
import { type Logger } from '@holdfast/platform';
import { type ClockVerdict } from './app/delivery/mend-schedule.js';
import { PruneHistory } from './app/delivery/prune-history.js';
import { type CallbackSender } from './app/ports.js';
import { type WebhooksConfig } from './config.js';
import { type DeliveryEngine } from './delivery-engine.js';
import { ClockWatch, heedClock } from './inbound/clock-watch.js';
import { HistoryPruner } from './inbound/history-pruner.js';
import { type ReplayWorker } from './inbound/replay-worker.js';
import { clockFaults } from './outbound/clock.metrics.js';
import { SqlRetentionStore } from './outbound/sql-retention.store.js';
import { systemClock } from './outbound/system.clock.js';

/** What works by itself, beside the messages. */
export interface Workers {
  /** Resolves when all are at work; nothing is sent before this machine's clock was looked at. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface WorkingParts extends Pick<DeliveryEngine, 'dispatcher' | 'mendSchedule'> {
  sender: CallbackSender;
  replayWorker: ReplayWorker;
}

export function workersOf(
  config: WebhooksConfig,
  runtime: ServiceRuntime,
  { dispatcher, mendSchedule, sender, replayWorker }: WorkingParts,
  logger: Logger,
): Workers {
  const pruneHistory = new PruneHistory(new SqlRetentionStore(), runtime.unitOfWork, config.WEBHOOK_RETENTION_DAYS);
  const pruner = new HistoryPruner(pruneHistory, logger);
  const countFault = clockFaults(runtime.metrics);
  const found = (verdict: ClockVerdict) => {
    countFault(verdict);
    heedClock(dispatcher, verdict);
  };
  const clockWatch = new ClockWatch({ mendSchedule, clock: systemClock, found, logger });
  let stopped = false;
  return {
    start: async () => {
      await clockWatch.start();
      if (stopped) return;
      dispatcher.start();
      pruner.start();
      replayWorker.start();
    },
    stop: async () => {
      stopped = true;
      await Promise.all([clockWatch.stop(), dispatcher.stop(), pruner.stop(), replayWorker.stop()]);
      await sender.close();
    },
  };
}
