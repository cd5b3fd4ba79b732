import { median } from './median.js';

/** Resident memory moves by some percent with every garbage collection and every log file that the broker rotates. */
const NOISE_SHARE = 0.1;
const NOISE_MIB = 10;

export type MemoryVerdict = 'flat' | 'growing';

/**
 * Judges the second half of the samples, because caches and heaps reach their working size in the first: growing when the
 * median of its later part is above that of its earlier part by more than noise. Samples in MiB, at equal distances.
 */
export function memoryVerdict(samples: readonly number[]): MemoryVerdict {
  const secondHalf = samples.slice(Math.floor(samples.length / 2));
  const part = Math.floor(secondHalf.length / 2);
  if (part === 0) return 'flat';
  const earlier = median(secondHalf.slice(0, part));
  const later = median(secondHalf.slice(-part));
  return later - earlier > Math.max(NOISE_MIB, earlier * NOISE_SHARE) ? 'growing' : 'flat';
}
