import { type PointName } from '@holdfast/platform';
import { type SeededRandom, type ServiceName, waitUntil } from '@holdfast/testing';
import { saidIn } from '../inside/said.js';
import { type Instance } from '../stand/instance.js';
import { SERVICES } from '../stand/stand.js';
import { always, anyOf, type Fault, FaultFailure, type Scene } from './fault.js';
import { within } from './within.js';

const RELAY: readonly PointName[] = ['before-publish', 'after-publish', 'after-confirm', 'after-mark'];
const COMMIT: readonly PointName[] = ['before-commit', 'after-commit'];
const CONSUMER: readonly PointName[] = ['before-ack', 'after-ack'];

/** Points that a service passes all the time under load; the others it never passes (docs/chaos.md). */
const PASSED: Record<ServiceName, readonly PointName[]> = {
  'orders-service': [...COMMIT, ...RELAY, ...CONSUMER, 'reply-written', 'lock-taken'],
  'products-service': [...COMMIT, ...RELAY, ...CONSUMER, 'reply-written'],
  'webhook-publisher': [
    ...[...COMMIT, ...RELAY, ...CONSUMER],
    ...(['reply-written', 'callback-written', 'callback-answered'] as const),
  ],
  'api-gateway': ['request-written'],
};

export interface End {
  point: PointName;
  act: 'kill' | 'term';
  label?: string | undefined;
}

// A point is passed some times a second; one that is not reached for a minute is not where this list says.
const REACHED_WITHIN_MS = 60_000;

// After SIGTERM a process has 15 s, which is what whoever deploys it relies on; twice that is for a busy machine.
const ENDED_WITHIN_MS = 30_000;

const SHOWN_OUTPUT = 2_000;

/**
 * SIGTERM, and started again to die at its own hand when it gets there.
 *
 * @throws FaultFailure when it ends elsewhere, not soon, or, after SIGTERM, not with 0.
 */
export async function endsAtPoint(scene: Scene, instance: Instance, { point, act, label }: End): Promise<void> {
  const { stand, random, history } = scene;
  await instance.stop();
  const occurrence = occurrenceOf(instance.service, point, random);
  history.incident(`${instance.name} ${act} at ${point}, time ${occurrence}`);
  await stand.launch(instance, { at: { point, occurrence, act, ...(label !== undefined && { label }) } });
  const others = isDoneByOne(instance.service, point)
    ? stand.of(instance.service).filter((other) => other !== instance)
    : [];
  for (const other of others) await other.stop();
  try {
    await hasEndedAt(instance, point, act);
  } finally {
    // Also where it did not come to it: what follows is judged of a system that is whole.
    for (const ended of [instance, ...others]) {
      if (ended.running) await ended.kill9();
      await stand.launch(ended);
    }
  }
}

async function hasEndedAt(instance: Instance, point: PointName, act: End['act']): Promise<void> {
  const arrived = () => !instance.running || hasReached(instance, point);
  await waitUntil(`${instance.name} passes ${point}`, arrived, { timeoutMs: REACHED_WITHIN_MS });
  const code = await within(ENDED_WITHIN_MS, `${instance.name} has ended at ${point}`, instance.ended());
  if (!hasReached(instance, point)) throw endedOtherwise(instance, `not at ${point}`);
  if (act === 'term' && code !== 0) throw endedOtherwise(instance, `with ${code} after SIGTERM at ${point}`);
}

const hasReached = (instance: Instance, point: PointName): boolean =>
  saidIn(instance.said()).some((line) => line.said === 'reached' && line.point === point);

const endedOtherwise = (instance: Instance, how: string): FaultFailure =>
  new FaultFailure(`${instance.name} has ended ${how}: ${instance.said().slice(-SHOWN_OUTPUT)}`);

/** What an operator and an owner of webhooks have them do, a few times a second, these come to more seldom than to all the rest. */
const SELDOM: Partial<Record<ServiceName, readonly PointName[]>> = {
  'products-service': ['reply-written'],
  'webhook-publisher': [...RELAY, 'reply-written'],
};

const occurrenceOf = (service: ServiceName, point: PointName, random: SeededRandom): number =>
  SELDOM[service]?.includes(point) ? random.between(1, 3) : random.between(5, 40);

/** One process of a service publishes for all, and one takes the events of webhooks_queue: the one that is to die has to be it. */
const isDoneByOne = (service: ServiceName, point: PointName): boolean =>
  RELAY.includes(point) || (service === 'webhook-publisher' && [...CONSUMER, 'reply-written'].includes(point));

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

export const processFaults: readonly Fault[] = [
  ...SERVICES.flatMap((service) => PASSED[service].map((point) => atPoint(service, point, 'kill'))),
  ...SERVICES.flatMap((service) => PASSED[service].map((point) => atPoint(service, point, 'term'))),
  ...SERVICES.map(atAnyMoment),
  bothOwners,
  powerCut,
  rollingRestart,
];
