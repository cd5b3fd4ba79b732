import { type ServiceName } from '@holdfast/testing';
import { always, type Fault } from './fault.js';

const HOUR_MS = 3_600_000;

/** One process of a service lives an hour before or behind everybody else. */
const wrongClock = (service: ServiceName, hours: number): Fault => ({
  name: `the clock of ${service} one hour ${hours < 0 ? 'slow' : 'fast'}`,
  seconds: 6,
  impossibleOn: always,
  inflict: async ({ stand, load, random }) => {
    const [instance] = stand.of(service);
    if (!instance) return;
    await instance.stop();
    await stand.launch(instance, { clockOffsetMs: hours * HOUR_MS });
    await instance.ready();
    await load.goesOn(random.between(40, 80));
    await instance.stop();
    await stand.launch(instance);
  },
});

export const clockFaults: readonly Fault[] = (
  ['orders-service', 'products-service', 'webhook-publisher', 'api-gateway'] as const
).flatMap((service) => [wrongClock(service, 1), wrongClock(service, -1)]);
