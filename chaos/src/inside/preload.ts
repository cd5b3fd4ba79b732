/**
 * Loaded into a service before its own modules (`node --import`): does to it from within what {@link INSIDE_VARIABLE} says,
 * so that the product carries no code for it. Whatever is wrong with that ends the process at once.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { brokenSources } from '../builds/broken-build.js';
import { type BrokenSources } from '../builds/load-hook.js';
import { actAtPoint } from './at-point.js';
import { shiftClock } from './clock.js';
import { INSIDE_VARIABLE, readInside } from './inside.js';
import { repeatMessages } from './repeat-messages.js';
import { loadInThreads } from './threads.js';

const ROOT = new URL('../../../', import.meta.url);

const { at, clockOffsetMs, repeatMessages: repeats, build } = readInside(process.env[INSIDE_VARIABLE]);

if (clockOffsetMs !== undefined) shiftClock(clockOffsetMs);
if (at) actAtPoint(at);
if (isMainThread) {
  if (at || clockOffsetMs !== undefined) loadInThreads(import.meta.url);
  if (repeats) repeatMessages(repeats);
  if (build) {
    const data: BrokenSources = { build: build.name, sources: brokenSources(build, ROOT) };
    register('../builds/load-hook.js', import.meta.url, { data });
  }
}
