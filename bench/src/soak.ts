import { Bench } from './bench.js';

const ORDERS_PER_SAMPLE = 20_000;

/** The system after `orders` orders. */
export interface SoakSample {
  orders: number;
  confirmedPerSecond: number;
  residentMiB: Record<string, number>;
}

/** Runs `orders` orders through the system and samples its memory every 20,000. `onSample` hears of each sample. */
export async function soak(
  bench: Bench,
  { orders, connections }: { orders: number; connections: number },
  onSample: (sample: SoakSample) => void,
): Promise<SoakSample[]> {
  const samples: SoakSample[] = [];
  for (let done = 0; done < orders; ) {
    const part = Math.min(ORDERS_PER_SAMPLE, orders - done);
    const { confirmedPerSecond, residentMiB } = await bench.measure({ connections, until: { orders: part } });
    done += part;
    const sample = { orders: done, confirmedPerSecond, residentMiB };
    samples.push(sample);
    onSample(sample);
  }
  return samples;
}
