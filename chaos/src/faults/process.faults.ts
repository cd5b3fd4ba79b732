import { type PointName } from '@holdfast/platform';
import { type ServiceName } from '@holdfast/testing';
import { saidIn } from '../inside/said.js';
import { type Instance } from '../stand/instance.js';
import { SERVICES } from '../stand/stand.js';
import { always, type Fault, FaultFailure, type Scene } from './fault.js';
import { pause } from './pause.js';

const RELAY: readonly PointName[] = ['before-publish', 'after-publish', 'after-confirm', 'after-mark'];
const COMMIT: readonly PointName[] = ['before-commit', 'after-commit'];
const CONSUMER: readonly PointName[] = ['before-ack', 'after-ack'];

/** Points that a service passes all the time under load. */
const PASSED: Record<ServiceName, readonly PointName[]> = {
  'orders-service': [...COMMIT, ...RELAY, ...CONSUMER, 'reply-written', 'lock-taken'],
  'products-service': [...COMMIT, ...RELAY, ...CONSUMER, 'reply-written'],
  'webhook-publisher': [...COMMIT, ...CONSUMER, 'callback-written', 'callback-answered'],
  'api-gateway': ['request-written'],
};

export interface End {
  point: PointName;
  act: 'kill' | 'term';
  label?: string | undefined;
}

// A point is passed some times a second; one that is not reached for a minute is not where this list says.
const REACHED_WITHIN_MS = 60_000;

export const anyOf = ({ stand, random }: Scene, service: ServiceName): Instance =>
  random.pick(stand.of(service) as [Instance, ...Instance[]]);

/** SIGTERM, and started again to die at its own hand when it gets there. */
export async function endsAtPoint(scene: Scene, instance: Instance, { point, act, label }: End): Promise<void> {
  const { stand, random, history } = scene;
  await instance.stop();
  const occurrence = random.between(5, 40);
  history.incident(`${instance.name} ${act} at ${point}, time ${occurrence}`);
  await stand.launch(instance, { at: { point, occurrence, act, ...(label !== undefined && { label }) } });
  const others = isDoneByOne(instance.service, point)
    ? stand.of(instance.service).filter((other) => other !== instance)
    : [];
  for (const other of others) await other.stop();
  await within(REACHED_WITHIN_MS, `${instance.name} passes ${point}`, instance.ended());
  if (!saidIn(instance.said()).some((line) => line.said === 'reached' && line.point === point)) {
    throw new FaultFailure(`${instance.name} has ended, and not at ${point}: ${instance.said().slice(-2_000)}`);
  }
  for (const ended of [instance, ...others]) await stand.launch(ended);
}

/** One process of a service publishes for all, and one takes the events of webhooks_queue: the one that is to die has to be it. */
const isDoneByOne = (service: ServiceName, point: PointName): boolean =>
  RELAY.includes(point) || (service === 'webhook-publisher' && CONSUMER.includes(point));

async function within(timeoutMs: number, what: string, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FaultFailure(`waited ${timeoutMs / 1000} s in vain until ${what}`)), timeoutMs);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const atPoint = (service: ServiceName, point: PointName, act: 'kill' | 'term'): Fault => ({
  name: `${act === 'kill' ? 'kill -9' : 'SIGTERM'} ${service} ${point}`,
  seconds: 3,
  impossibleOn: always,
  inflict: (scene) => endsAtPoint(scene, anyOf(scene, service), { point, act }),
});

/** Whenever it happens to come, twice: the second time while it starts. */
const atAnyMoment = (service: ServiceName): Fault => ({
  name: `kill -9 ${service} and again while it starts`,
  seconds: 4,
  impossibleOn: always,
  inflict: async (scene) => {
    const instance = anyOf(scene, service);
    await instance.kill9();
    await scene.stand.launch(instance);
    await instance.listens();
    await instance.kill9();
    await scene.stand.launch(instance);
  },
});

const powerCut: Fault = {
  name: 'kill -9 everything at once, RabbitMQ and Redis included',
  seconds: 15,
  impossibleOn: always,
  inflict: async ({ stand }) => {
    const { broker, redis, databases, instances } = stand;
    const servers = [...broker.nodes.map((node) => node.kill()), redis.kill(), databases.server?.kill()];
    await Promise.all([...instances.map((instance) => instance.kill9()), ...servers]);
    await Promise.all([databases.server?.restart(), redis.restart()]);
    await Promise.all(broker.nodes.map((node) => broker.restart(node)));
    for (const instance of instances) await stand.launch(instance);
  },
};

const bothOwners: Fault = {
  name: 'kill -9 orders-service and products-service at the same moment',
  seconds: 4,
  impossibleOn: always,
  inflict: async ({ stand }) => {
    const both = [...stand.of('orders-service'), ...stand.of('products-service')];
    await Promise.all(both.map((instance) => instance.kill9()));
    for (const instance of both) await stand.launch(instance);
  },
};

/** One after the other, as an upgrade does it: the next when the last is ready. */
const rollingRestart: Fault = {
  name: 'SIGTERM every process in turn, as an upgrade does',
  seconds: 10,
  impossibleOn: always,
  inflict: async ({ stand, load }) => {
    for (const instance of stand.instances) {
      const code = await instance.stop();
      if (code !== 0) throw new FaultFailure(`${instance.name} ended with ${code} after SIGTERM`);
      await stand.launch(instance);
      await instance.ready();
      await load.goesOn(5);
    }
  },
};

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
  inflict: async (scene) => {
    const instance = anyOf(scene, service);
    instance.pause();
    await pause(SUSPENDED_MS);
    instance.resume();
  },
});

export const processFaults: readonly Fault[] = [
  ...SERVICES.flatMap((service) => PASSED[service].map((point) => atPoint(service, point, 'kill'))),
  ...SERVICES.flatMap((service) => PASSED[service].map((point) => atPoint(service, point, 'term'))),
  ...SERVICES.map(atAnyMoment),
  bothOwners,
  powerCut,
  rollingRestart,
  suspendedHolder,
  ...SERVICES.map(suspended),
];
