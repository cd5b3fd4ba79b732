import { type ServiceName } from '@holdfast/testing';
import { certainAfterMs, type Limits } from './limits.js';
import { type BrokerLook, type ConsumerLook, type Look, type ProcessLook } from './look.js';

/** It has another name each time, which RabbitMQ gives it. */
const OF_ITS_OWN = 'a queue of its own';
const NAMED_BY_BROKER = /^amq\.gen-/;

/** What each process of a service consumes for as long as it runs. */
const CONSUMED: Record<ServiceName, readonly string[]> = {
  'orders-service': ['orders_queue', 'orders_queries'],
  'products-service': ['products_queue', 'products_queries'],
  'webhook-publisher': ['webhooks_queue', 'webhooks_queries'],
  // It hears of orders that become final.
  'api-gateway': [OF_ITS_OWN],
};

const SERVICES = Object.keys(CONSUMED) as ServiceName[];

/**
 * Finds what has stopped and does not say so. Each process answers for its own consumers: one that says ready is not
 * excused by another that does not.
 */
export class SilentStops {
  private readonly since = new Map<string, number>();
  private doneBefore: ReadonlyMap<string, number> = new Map();

  constructor(private readonly limits: Pick<Limits, 'redWithinMs'>) {}

  /** @param look each follows the one before it in time. @returns what must not be, in sentences. */
  in(look: Look): string[] {
    const ended = look.processes.filter(({ state }) => state === 'has ended by itself');
    const sentences = ended.map(({ name, lastLine = '' }) => `${name} has ended by itself: ${lastLine}`);
    // Without an answer of the broker nobody can be blamed.
    const suspicions = look.broker ? [...lost(look, look.broker), ...this.stuck(look, look.broker)] : [];
    this.doneBefore = new Map(look.broker?.queues.map(({ name, done }) => [name, done]));
    return [...sentences, ...this.certain(suspicions, look.atMs)];
  }

  /** Those that were there in every look for long enough. A suspicion has the same words for as long as it is the same. */
  private certain(suspicions: readonly string[], atMs: number): string[] {
    for (const suspicion of this.since.keys()) if (!suspicions.includes(suspicion)) this.since.delete(suspicion);
    for (const suspicion of suspicions) this.since.set(suspicion, this.since.get(suspicion) ?? atMs);
    const begunBy = atMs - certainAfterMs(this.limits);
    return suspicions.filter((suspicion) => (this.since.get(suspicion) ?? atMs) <= begunBy);
  }

  /** A consumer that is there, and is done with nothing although something waits for it. */
  private stuck({ processes }: Look, { queues, consumers }: BrokerLook): string[] {
    const green = new Set(processes.filter(saysReady).map(({ name }) => name));
    return queues
      .filter(({ name, messages, done }) => messages > 0 && this.doneBefore.get(name) === done)
      .flatMap(({ name }) =>
        onTurn(consumers.filter(({ queue }) => queue === name))
          .filter(({ process }) => green.has(process))
          .map(({ process }) => `${process} says that it is ready, and is done with nothing of what waits in ${name}`),
      );
  }
}

const saysReady = ({ state, ready }: ProcessLook): boolean => state === 'runs' && ready === true;

/** Processes that say ready without a consumer that they should have. */
function lost({ processes }: Look, broker: BrokerLook): string[] {
  return SERVICES.flatMap((service) => {
    const owners = processes.filter((process) => process.service === service);
    return CONSUMED[service].flatMap((queue) => {
      const without = queue === OF_ITS_OWN ? withoutTheirOwn(owners, broker) : withoutConsumer(owners, queue, broker);
      return without.map(({ name }) => `${name} says that it is ready, and has no consumer on ${queue}`);
    });
  });
}

/** Each has to have its own: of the queue of one that ended, nothing is left. */
const withoutTheirOwn = (owners: readonly ProcessLook[], { queues, consumers }: BrokerLook): ProcessLook[] => {
  const own = consumers.filter(({ queue }) => NAMED_BY_BROKER.test(queue) && queues.some(({ name }) => name === queue));
  return owners.filter((owner) => saysReady(owner) && !own.some(({ process }) => process === owner.name));
};

/**
 * A queue counts its consumers and RabbitMQ lists them, in two reports that are late by themselves. The list says whose they
 * are, but goes on to have one that was cancelled when its queue was deleted: where it has all of them and the count has
 * fewer, any of them may be the one.
 */
function withoutConsumer(owners: readonly ProcessLook[], queue: string, broker: BrokerLook): readonly ProcessLook[] {
  const count = broker.queues.find(({ name }) => name === queue)?.consumers ?? 0;
  if (count >= owners.filter(isPresent).length) return [];
  const green = owners.filter(saysReady);
  const listed = new Set(broker.consumers.filter((consumer) => consumer.queue === queue).map(({ process }) => process));
  const unlisted = green.filter(({ name }) => !listed.has(name));
  if (unlisted.length > 0) return unlisted;
  return count < green.length ? green : [];
}

const isPresent = ({ state }: ProcessLook): boolean => state === 'runs' || state === 'stands still';

/** Where RabbitMQ names none that is active, every one of them may be. */
function onTurn(consumers: readonly ConsumerLook[]): readonly ConsumerLook[] {
  const active = consumers.filter((consumer) => consumer.active);
  return active.length > 0 ? active : consumers;
}
