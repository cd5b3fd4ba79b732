import { readFileSync } from 'node:fs';
import { type QueueName } from '@holdfast/contracts';
import { type PointName } from '@holdfast/platform';
import { type ServiceName } from '@holdfast/testing';
import { type Letter } from '../invariants/invariant.js';

/** A piece of a compiled module, and what stands there instead. */
export interface Replacement {
  /** Path from the repository's folder, with forward slashes: `libs/messaging/dist/consumer/inbox.js`. */
  module: string;
  /** Stands in the module exactly once. */
  find: string;
  put: string;
}

/** A build with one mistake in it, such as people make. A harness that finds nothing wrong with it proves nothing. */
export interface BrokenBuild {
  name: string;
  /** What is broken, in a sentence. */
  breaks: string;
  /** The invariants of which at least one has to be found broken. */
  caughtBy: readonly Letter[];
  /** The databases on which it shows: SQLite has one writer, and so hides races. */
  dialects: readonly ('sqlite' | 'postgres')[];
  /** Processes of each service that it takes to show. */
  instances: number;
  /** What has to happen to it, in a sentence. */
  needs: string;
  /** The end of a process that shows it, where it takes one; at whatever occurrence. */
  endsAt?: { service: 'orders-service' | 'webhook-publisher'; point: PointName; label?: string };
  /** Every process shows it whose messages are repeated. */
  needsRepeats?: true;
  /** The queue whose deletion shows it. */
  deletes?: QueueName;
  /** A process that shows it by standing still for this long. */
  suspends?: { service: ServiceName; ms: number };
  replacements: readonly Replacement[];
}

/** A build cannot be broken as it says: what it replaces is not there any more, or is there more than once. */
export class ReplacementFailed extends Error {
  override readonly name = 'ReplacementFailed';
}

/**
 * The source with the replacement made.
 *
 * @throws ReplacementFailed unless what is replaced stands in it exactly once: a refactoring must not make a broken build
 * whole without anybody noticing.
 */
export function replaceOnce(source: string, { module, find, put }: Replacement): string {
  const pieces = source.split(find);
  const [before, after] = pieces;
  if (before === undefined || after === undefined || pieces.length !== 2) {
    throw new ReplacementFailed(`${module} has ${pieces.length - 1} times, not once: ${find}`);
  }
  return before + put + after;
}

/**
 * The sources of the modules that the build replaces, by their URL.
 *
 * @param root URL of the repository's folder, with a slash at its end.
 * @throws ReplacementFailed, and the error of a module that is not there.
 */
export function brokenSources({ replacements }: BrokenBuild, root: URL): Map<string, string> {
  const sources = new Map<string, string>();
  for (const replacement of replacements) {
    const { href } = new URL(replacement.module, root);
    sources.set(href, replaceOnce(sources.get(href) ?? readFileSync(new URL(href), 'utf8'), replacement));
  }
  return sources;
}
