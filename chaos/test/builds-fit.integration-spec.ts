import { pathToFileURL } from 'node:url';
import { testServers } from '@holdfast/testing';
import { BROKEN_BUILDS } from '../src/builds/all.js';
import { brokenSources } from '../src/builds/broken-build.js';

/** A refactoring would make a broken build whole, and whoever tries it next would take that for a fault of the harness. */
it.each(BROKEN_BUILDS.map((build) => [build.name, build] as const))(
  'the broken build %s fits the product',
  (_name, build) => {
    const sources = brokenSources(build, pathToFileURL(`${testServers().root}/`));
    expect(sources.size).toBeGreaterThan(0);
  },
);
