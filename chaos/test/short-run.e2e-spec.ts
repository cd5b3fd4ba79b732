import { randomInt } from 'node:crypto';
import { runMain } from './run-main.js';

jest.setTimeout(600_000);

/** CHAOS_SEED=… npx jest chaos/test/short-run chooses the same faults again. */
const SEED = process.env.CHAOS_SEED ?? String(randomInt(2 ** 31));

describe('faults chosen by a seed, in the middle of load', () => {
  it.each([
    ['one process of each service on SQLite', ['--database', 'sqlite']],
    [
      'two of each on PostgreSQL and a cluster of three brokers',
      ['--database', 'postgres', '--instances', '2', '--brokers', '3'],
    ],
  ])('break nothing that was promised: %s', async (_, stand) => {
    const { exitCode, output } = await runMain('--seed', SEED, '--seconds', '20', ...stand);
    // The account of the run says what broke, and the command that runs it again.
    if (exitCode !== 0) throw new Error(output);
    expect(output).toMatch(/\d+ faults, \d+ orders accepted; everything held/);
  });
});
