import { mkdirSync } from 'node:fs';
import { Teardown } from '../../processes/teardown.js';
import { ProductSender } from '../product/product-sender.js';
import { BAD_BEHAVIOURS } from '../receiver/behaviour.js';
import { Receiver } from '../receiver/receiver.js';
import { FairnessRound } from './fairness-round.js';
import { FairnessRounds } from './fairness-rounds.js';

/** Subscribers that answer 200 at once, all the time. */
const HEALTHY = 10;

export interface FairnessSetup {
  rounds: number;
  /** Everything of the measurement is in it. */
  dataDir: string;
  progress: (text: string) => void;
}

/**
 * Measures what bad subscribers cost the others: alternately without and with them, all in one process of the product,
 * with every setting that limits callbacks at its default.
 */
export async function measureFairness(setup: FairnessSetup, teardown: Teardown): Promise<FairnessRound[]> {
  const { rounds, dataDir, progress } = setup;
  progress('fairness: starting');
  mkdirSync(dataDir, { recursive: true });
  const receiver = await Receiver.start(HEALTHY + rounds * BAD_BEHAVIOURS.length, teardown, dataDir);
  const product = await ProductSender.start({ dataDir, database: 'sqlite' }, teardown);
  const healthy = await product.subscribe(receiver.urls.slice(0, HEALTHY));
  const fairness = new FairnessRounds(product, receiver, healthy);
  const measure = async (): Promise<FairnessRound[]> => {
    await fairness.begin();
    const measured: FairnessRound[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`fairness, round ${round} of ${rounds}: measuring`);
      measured.push(await fairness.measure());
    }
    return measured;
  };
  return Promise.race([measure(), product.publisher.failed]);
}
