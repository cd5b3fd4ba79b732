import { type TimelineEntry } from '@holdfast/contracts';

/** Where an entry belongs: not before what came before it, by whatever clock. */
interface Place {
  /** Unix milliseconds. */
  at: number;
  /** How many steps lead to it; decides between entries of one moment. */
  rank: number;
}

/** Entries of the log of one service: they stand in the order in which they were written. */
const isLogged = ({ kind }: TimelineEntry): boolean => kind !== 'request' && kind !== 'webhook-attempt';

/**
 * Makes one list of what several services tell. It is in the order of time as far as their clocks agree; where they do
 * not, a cause still comes before its effect, and the log of a service keeps its order. The times themselves stay as they
 * were told.
 *
 * @param parts each in the order in which it happened there.
 */
export function mergedTimeline(parts: readonly (readonly TimelineEntry[])[]): TimelineEntry[] {
  const before = predecessorsOf(parts);
  const places = new Map<TimelineEntry, Place>();
  const placeOf = (entry: TimelineEntry, behind: ReadonlySet<TimelineEntry>): Place => {
    const known = places.get(entry);
    if (known) return known;
    const place = { at: Date.parse(entry.at), rank: 0 };
    // Causes are told by whoever published a message; one that is its own effect must not hold us up.
    const path = new Set(behind).add(entry);
    for (const predecessor of before.get(entry) ?? []) {
      if (path.has(predecessor)) continue;
      const earlier = placeOf(predecessor, path);
      place.at = Math.max(place.at, earlier.at);
      place.rank = Math.max(place.rank, earlier.rank + 1);
    }
    places.set(entry, place);
    return place;
  };
  return parts
    .flat()
    .map((entry) => ({ entry, ...placeOf(entry, new Set()) }))
    .sort((a, b) => a.at - b.at || a.rank - b.rank)
    .map(({ entry }) => entry);
}

function predecessorsOf(parts: readonly (readonly TimelineEntry[])[]): Map<TimelineEntry, TimelineEntry[]> {
  const byId = new Map(parts.flat().map((entry) => [entry.id, entry]));
  const before = new Map<TimelineEntry, TimelineEntry[]>();
  for (const part of parts) {
    let lastLogged: TimelineEntry | undefined;
    for (const entry of part) {
      const cause = entry.causedBy === null ? undefined : byId.get(entry.causedBy);
      const logged = isLogged(entry);
      before.set(
        entry,
        [cause, logged ? lastLogged : undefined].filter((one) => one !== undefined),
      );
      if (logged) lastLogged = entry;
    }
  }
  return before;
}
