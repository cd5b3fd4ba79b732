import { z } from 'zod';

const FORM = 'must be a time in UTC that ends in Z, such as 2026-01-31T09:30:00Z';

/** A time as the services take it: ISO 8601, UTC, without an offset. */
export const utcTimeSchema = z.iso.datetime({
  error: ({ input }) => (input === undefined ? undefined : FORM),
});

interface TimeRange {
  from?: string | undefined;
  to?: string | undefined;
}

const inOrder = ({ from, to }: TimeRange): boolean =>
  from === undefined || to === undefined || Date.parse(from) <= Date.parse(to);

/** Holds `from` against `to`; a range that ends before it begins is a mistake and no empty result. */
export const requireOrder = <S extends z.ZodType<TimeRange>>(schema: S): S =>
  schema.refine(inOrder, {
    path: ['to'],
    error: 'must not be before from',
    when: ({ issues }) => issues.length === 0,
  });
