import { z } from 'zod';

/** The largest amount of one price, in minor units: 10 million of a currency with cents. */
export const MAX_PRICE_AMOUNT = 1_000_000_000;

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
  .describe('ISO 4217 currency code');

/** An amount in minor units (cents) of a currency. Sums of it stay below 2^53, or the order is refused. */
export const moneySchema = z.object({
  amount: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).describe('minor units, 1250 is 12.50 EUR'),
  currency: currencySchema,
});

export type Money = z.infer<typeof moneySchema>;
