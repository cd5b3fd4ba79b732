import { type Instance } from '../stand/instance.js';
import { type Limits } from '../watch/limits.js';
import { FaultFailure } from './fault.js';

/**
 * Resolves when a process that hears nothing from RabbitMQ says that it is not ready. Asked of the process: the watch is
 * blind where RabbitMQ cannot be asked what is consumed.
 *
 * @throws FaultFailure when it goes on saying that it is.
 */
export async function turnsRed(instance: Instance, { redWithinMs }: Pick<Limits, 'redWithinMs'>): Promise<void> {
  await instance.saysNotReady(redWithinMs).catch((cause: unknown) => {
    const seconds = redWithinMs / 1_000;
    throw new FaultFailure(
      `${instance.name} hears nothing from RabbitMQ and says after ${seconds} s that it is ready`,
      {
        cause,
      },
    );
  });
}

export async function allTurnRed(instances: readonly Instance[], limits: Pick<Limits, 'redWithinMs'>): Promise<void> {
  await Promise.all(instances.map((instance) => turnsRed(instance, limits)));
}
