import { z } from 'zod';

const DEFAULT_LIMIT = 50;

/** `limit` of a list: how many on a page, as text in a query; 50 where it is not there. */
export function limitParameter(limits: z.ZodNumber) {
  const detail = `must be a whole number from ${limits.minValue} to ${limits.maxValue}`;
  return z
    .string(detail)
    .regex(/^[0-9]{1,9}$/, detail)
    .transform(Number)
    .refine((limit) => limits.safeParse(limit).success, detail)
    .default(DEFAULT_LIMIT);
}
