import { Counter, type Registry } from 'prom-client';
import { type ClockVerdict } from '../app/delivery/mend-schedule.js';

/** Counts looks that found a wrong clock: none in a system that is well, one every ten seconds while it lasts. */
export function clockFaults(registry: Registry): (verdict: ClockVerdict) => void {
  const faults = new Counter({
    name: 'holdfast_webhook_clock_faults_total',
    help: 'Looks that found a clock ahead of the one of this machine (was-ahead) or this one off the database server (differs)',
    labelNames: ['finding'],
    registers: [registry],
  });
  return ({ kind }) => {
    if (kind !== 'agrees') faults.inc({ finding: kind });
  };
}
