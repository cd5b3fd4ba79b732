import { randomUUID } from 'node:crypto';
import { openProbe, type SeededRandom } from '@holdfast/testing';
import { WORK_QUEUES } from '../stand/queues.js';
import { always, type Fault } from './fault.js';

/** What nobody can read, or nobody knows, or says what cannot be; each has to end among the dead letters, with its reason. */
const POISON: readonly (() => string | object)[] = [
  () => 'not JSON',
  () => ({ pattern: 'no.such.message', data: {} }),
  () => ({ pattern: 'product.reserveStock', data: { orderId: 7 } }),
  () => ({ pattern: 'product.stockReserved', data: null }),
  () => '{"pattern":"orders.create","data":{"__proto__":{"admin":true}}}',
];

const poison: Fault = {
  name: 'poison messages among good ones',
  seconds: 2,
  impossibleOn: always,
  inflict: async ({ stand, random, load, poisoned }) => {
    const probe = await openProbe(stand.broker.alive.url);
    try {
      for (let times = 0; times < 12; times += 1) {
        const queue = random.pick(WORK_QUEUES);
        const message = POISON[random.between(0, POISON.length - 1)]?.() ?? '';
        await probe.publish(queue, message, { messageId: randomUUID(), persistent: true });
        poisoned.count += 1;
        await load.goesOn(2);
      }
    } finally {
      await probe.close();
    }
  },
};

/** Every process publishes whatever it publishes two to five times, and what goes to a queue in any order. */
export const repeated: Fault = {
  name: 'every message two to five times, shuffled',
  seconds: 12,
  impossibleOn: always,
  inflict: async ({ stand, load, random }) => {
    const repeatMessages = (chance: SeededRandom) => ({
      seed: chance.between(1, 2 ** 31),
      times: [2, 5] as [number, number],
    });
    for (const instance of stand.instances) {
      await instance.stop();
      await stand.launch(instance, { repeatMessages: repeatMessages(random) });
    }
    for (const instance of stand.instances) await instance.ready();
    await load.goesOn(80);
    for (const instance of stand.instances) {
      await instance.stop();
      await stand.launch(instance);
    }
  },
};

export const messageFaults: readonly Fault[] = [poison, repeated];
