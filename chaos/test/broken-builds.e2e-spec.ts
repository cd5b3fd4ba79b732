import { BROKEN_BUILDS } from '../src/builds/all.js';
import { type BrokenBuild } from '../src/builds/broken-build.js';
import { runMain } from './run-main.js';

jest.setTimeout(600_000);

const COMMON = ['--seed', '1'];

const standOf = ({ dialects: [dialect = 'sqlite'], instances }: BrokenBuild): string[] => [
  ...['--database', dialect, '--instances', String(instances)],
];

/** The mistakes that are made most, as many as there is time for. That the others still fit the product is tested beside the code. */
const TRIED = ['inbox-off', 'ack-before-commit', 'read-then-write-of-stock', 'marks-before-confirm'];

/** A harness that finds nothing wrong with a build that is broken on purpose would find nothing wrong with any. */
describe('a deliberately broken build', () => {
  const builds = BROKEN_BUILDS.filter(({ name }) => TRIED.includes(name));

  it.each(builds.map((build) => [build.name, build] as const))('is caught: %s', async (name, build) => {
    const { exitCode, output } = await runMain(...COMMON, '--build', name, ...standOf(build));
    if (exitCode !== 0) throw new Error(output);
    // The exit code says that it was caught by one of the letters that it names.
    expect(output).toContain(`the broken build "${name}" was caught by`);
  });
});
