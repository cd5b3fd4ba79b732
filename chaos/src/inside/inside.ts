import { type PointName, points } from '@holdfast/platform/points';
import { z } from 'zod';
import { BROKEN_BUILDS } from '../builds/all.js';
import { type BrokenBuild } from '../builds/broken-build.js';

/** The environment variable that carries it, as JSON. */
export const INSIDE_VARIABLE = 'CHAOS_INSIDE';

const trigger = z.strictObject({
  point: z.enum(Object.keys(points) as [PointName, ...PointName[]]),
  /** The how-manieth time that this process comes there counts, from 1; its threads count together. */
  occurrence: z.int().positive(),
  /** SIGKILL, SIGSTOP (whoever started the process sends SIGCONT) or SIGTERM. */
  act: z.enum(['kill', 'stop', 'term']),
  /** Only occurrences that have this in one of their labels count. */
  label: z.string().optional(),
});

const repeats = z
  .strictObject({
    seed: z.int(),
    /** How often each message goes out, at least and at most. */
    times: z.tuple([z.int().min(1), z.int().min(1)]).refine(([least, most]) => least <= most, 'least comes first'),
    /** Copies go out within this time. */
    withinMs: z.int().positive().default(50),
  })
  .describe('every message goes out several times');

const inside = z.strictObject({
  at: trigger.optional(),
  /** What the process believes it is later, or, negative, earlier. */
  clockOffsetMs: z.int().optional(),
  repeatMessages: repeats.optional(),
  /** Name of a deliberately broken build. */
  build: z.enum(BROKEN_BUILDS.map(({ name }) => name)).optional(),
});

/** What a process of a service does besides its work, as whoever starts it says. */
export type Inside = z.input<typeof inside>;

/** The same as it is done. */
export type InsideOrders = Omit<z.output<typeof inside>, 'build'> & { build?: BrokenBuild | undefined };

export type Trigger = z.output<typeof trigger>;
export type Repeats = z.output<typeof repeats>;

/**
 * Reads the variable; nothing is done where it is not set.
 *
 * @throws Error that names every problem.
 */
export function readInside(text: string | undefined): InsideOrders {
  if (text === undefined) return {};
  const read = inside.safeParse(parsed(text));
  if (!read.success) throw new Error(`${INSIDE_VARIABLE}:\n${z.prettifyError(read.error)}`);
  const { build: name, ...orders } = read.data;
  return { ...orders, build: BROKEN_BUILDS.find((build) => build.name === name) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${INSIDE_VARIABLE} is not JSON`, { cause });
  }
}
