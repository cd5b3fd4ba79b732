import { type SeededRandom } from '@holdfast/testing';
import { type System } from './system.js';

/** Runs a test; when it fails, the error also says what the services warned of, and by which seed it comes again. */
export async function explained(system: System, random: SeededRandom, test: () => Promise<void>): Promise<void> {
  try {
    await test();
  } catch (error) {
    if (error instanceof Error) {
      error.message += `\n\nE2E_SEED=${random.seed} chooses the same moments again.\n${system.logs()}`;
    }
    throw error;
  }
}
