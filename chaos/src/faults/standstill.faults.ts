import { type ServiceName } from '@holdfast/testing';
import { type Instance } from '../stand/instance.js';
import { SERVICES } from '../stand/stand.js';
import { always, anyOf, type Fault } from './fault.js';
import { pause } from './pause.js';

const SUSPENDED_MS = 15_000;

/** A machine that swaps: it holds a lock and a message, and wakes up when others have long gone on. */
const suspendedHolder: Fault = {
  name: 'SIGSTOP of a lock holder for 15 s',
  seconds: 20,
  impossibleOn: always,
  inflict: async (scene) => {
    const { stand, random, history } = scene;
    const instance = anyOf(scene, 'orders-service');
    await instance.stop();
    await stand.launch(instance, { at: { point: 'lock-taken', occurrence: random.between(3, 20), act: 'stop' } });
    await instance.standsStill();
    history.incident(`${instance.name} stands still with a lock`);
    await pause(SUSPENDED_MS);
    instance.resume();
  },
};

const suspended = (service: ServiceName): Fault => ({
  name: `SIGSTOP ${service} for 15 s`,
  seconds: 18,
  impossibleOn: always,
  inflict: (scene) => suspend(anyOf(scene, service), SUSPENDED_MS),
});

/** It stands still with its connections open, and goes on. */
export async function suspend(instance: Instance, ms: number): Promise<void> {
  instance.pause();
  await pause(ms);
  instance.resume();
}

export const standstillFaults: readonly Fault[] = [suspendedHolder, ...SERVICES.map(suspended)];
