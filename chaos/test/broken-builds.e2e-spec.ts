import { BROKEN_BUILDS } from '../src/builds/all.js';
import { type BrokenBuild } from '../src/builds/broken-build.js';
import { runMain } from './run-main.js';

jest.setTimeout(600_000);

// A consumer that is lost is back after 3 s; a minute to be certain would be spent waiting.
const COMMON = ['--seed', '1', '--red-within', '5'];

const standOf = ({ dialects: [dialect = 'sqlite'], instances }: BrokenBuild): string[] => [
  ...['--database', dialect, '--instances', String(instances)],
];

/** A harness that finds nothing wrong with a build that is broken on purpose would find nothing wrong with any. */
describe('a deliberately broken build', () => {
  it.each(BROKEN_BUILDS.map((build) => [build.name, build] as const))('is caught: %s', async (name, build) => {
    const { exitCode, output } = await runMain(...COMMON, '--build', name, ...standOf(build));
    if (exitCode !== 0) throw new Error(output);
    // The exit code says that it was caught by one of the letters that it names.
    expect(output).toContain(`the broken build "${name}" was caught by`);
  });
});

/** One that finds something wrong with every build, under what these are put through, would catch them all as well. */
it('the product as it is holds under what shows the broken builds', async () => {
  const { exitCode, output } = await runMain(...COMMON, '--controls');
  if (exitCode !== 0) throw new Error(output);
  expect(output).toMatch(/\d+ faults, \d+ orders accepted; everything held/);
});
