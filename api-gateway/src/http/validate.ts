import { z } from 'zod';
import { pointerTo } from './json-fault.js';
import { type Fault, ProblemError } from './problem.js';

// Enough to mend a request by; a body of 100 kB can have thousands.
const MAX_FAULTS = 20;

// A key of the caller's is repeated to the caller, but not 100 kB of it.
const MAX_POINTER = 200;

type Part = 'body' | 'query';

/**
 * Holds a part of a request against a schema.
 *
 * @throws ProblemError VALIDATION_FAILED naming everything that is wrong, by JSON pointer or by query parameter.
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, part: Part): z.output<S> {
  const result = schema.safeParse(value, { error: sayMissing });
  if (result.success) return result.data;
  throw invalid(part, onePerPlace(result.error.issues.flatMap((issue) => faultsOf(issue, part))));
}

/** The problem document of a request with these faults. */
export function invalid(part: Part | 'header', faults: readonly Fault[]): ProblemError {
  const [first] = faults;
  const place = first?.pointer || first?.header || first?.query;
  const where = place ? `${place}: ` : '';
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new ProblemError('VALIDATION_FAILED', `The ${part} is not valid. ${where}${first?.detail}${more}.`, {
    faults: faults.slice(0, MAX_FAULTS),
  });
}

const sayMissing = (issue: { code?: string; input?: unknown }): string | undefined =>
  issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : undefined;

function faultsOf(issue: z.core.$ZodIssue, part: Part): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_FAULTS).map((key) => at(part, [...issue.path, key], 'is not known'));
  }
  return [at(part, issue.path, issue.message)];
}

/** The first fault of each place: what is no safe integer is also larger than the maximum, which helps nobody. */
function onePerPlace(faults: readonly Fault[]): Fault[] {
  const byPlace = new Map<string | undefined, Fault>();
  for (const fault of faults) {
    const place = fault.pointer ?? fault.query;
    if (!byPlace.has(place)) byPlace.set(place, fault);
  }
  return [...byPlace.values()];
}

function at(part: Part, path: readonly PropertyKey[], detail: string): Fault {
  if (part === 'query') return { query: clip(String(path[0])), detail };
  return { pointer: clip(pointerTo(path)), detail };
}

const clip = (text: string): string => (text.length > MAX_POINTER ? `${text.slice(0, MAX_POINTER)}…` : text);
