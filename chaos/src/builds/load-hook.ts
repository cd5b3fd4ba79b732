import { type InitializeHook, type LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { say } from '../inside/said.js';

/** What the hook is told: which build it is, and the sources that replace what is on disk, by URL. */
export interface BrokenSources {
  build: string;
  sources: ReadonlyMap<string, string>;
}

let broken: BrokenSources = { build: '', sources: new Map() };

/** Runs in Node's thread for hooks, before the process loads its first module. */
export const initialize: InitializeHook<BrokenSources> = (given) => {
  broken = given;
};

export const load: LoadHook = (url, context, nextLoad) => {
  const source = broken.sources.get(url);
  if (source === undefined) return nextLoad(url, context);
  say({ said: 'broken', build: broken.build, module: fileURLToPath(url) });
  return { format: 'module', source, shortCircuit: true };
};
