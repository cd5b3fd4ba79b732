import { BROKEN_BUILDS } from '../src/builds/all.js';
import { runMain } from './run-main.js';

jest.setTimeout(600_000);

/** A harness that finds nothing wrong with a build that is broken on purpose would find nothing wrong with any. */
describe('a deliberately broken build', () => {
  it.each(BROKEN_BUILDS.map((build) => [build.name, build] as const))('is caught: %s', async (name, build) => {
    const dialect = build.dialects[0] ?? 'sqlite';
    const stand = ['--database', dialect, '--instances', String(build.instances)];
    const { exitCode, output } = await runMain('--seed', '1', '--build', name, ...stand);
    if (exitCode !== 0) throw new Error(output);
    const letters = /was caught by ([A-Z ]+)$/m.exec(output)?.[1]?.split(' ') ?? [];
    expect(letters.filter((letter) => build.caughtBy.some((expected) => expected === letter))).not.toEqual([]);
  });
});
