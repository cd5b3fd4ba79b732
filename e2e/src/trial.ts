import { messagesIn, SeededRandom } from '@holdfast/testing';
import { faultsIn } from './balance.js';
import { explained } from './explained.js';
import { OrderLoad, type Purchase } from './order-load.js';
import { DEAD_LETTERS } from './queues.js';
import { settled } from './settled.js';
import { type Stand } from './stand.js';

/** Lets the load go on for a while; how long is chosen by the seed. */
export type GoOn = () => Promise<void>;

/** Lets faults happen in the middle of load, and holds everything against everything afterwards. */
export class Trial {
  /** Of all loads: the books of a stand must add up as a whole. */
  readonly purchases: Purchase[] = [];
  private load: OrderLoad | undefined;

  constructor(
    private readonly stand: Stand,
    private readonly random = new SeededRandom(),
  ) {}

  /**
   * Every order that was accepted before, during or after the faults must be there once and be final, the stock must be
   * what was not sold, and no message may have been given up.
   *
   * @param name makes the idempotency keys of this load.
   */
  underLoad(name: string, faults: (goOn: GoOn) => Promise<void>, settledWithinMs?: number): Promise<void> {
    const { stand, random } = this;
    return explained(stand.system, random, async () => {
      const load = new OrderLoad(name, stand.system.shop(), random.fork());
      this.load = load;
      const goOn = () => load.goesOn(random.between(20, 120));
      await goOn();
      await faults(goOn);
      await stand.system.ready();
      await goOn();
      this.purchases.push(...(await load.stop()));
      await settled(stand, settledWithinMs);
      expect(await faultsIn(stand.system.dataDir, this.purchases)).toEqual([]);
      expect(await messagesIn(stand.amqpUrl, DEAD_LETTERS)).toEqual({});
    });
  }

  /** Ends what a failed test has left running. */
  abandon(): void {
    this.load?.abandon();
  }
}
