import { z } from 'zod';
import { RouteOption } from './route-option.js';
import { validate } from './validate.js';

/**
 * Lets a route be called without a body. Without it an empty body that says it is JSON is refused, and many clients say
 * so of every request.
 */
export const BodyOptional = () => RouteOption({ body: 'optional' });

/** Whether a route's configuration is that of {@link BodyOptional}. */
export const isBodyOptional = (config: object): boolean => 'body' in config && config.body === 'optional';

/**
 * Reads a body that may be left out, which says the same as `{}`.
 *
 * @throws ProblemError VALIDATION_FAILED
 */
export const optionalBodyOf = <S extends z.ZodType>(schema: S, body: unknown): z.output<S> =>
  validate(schema, body === undefined ? {} : body, 'body');

const nothingSchema = z.strictObject({});

/**
 * Makes sure that a request for which there is nothing to say says nothing: no body, or `{}`.
 *
 * @throws ProblemError VALIDATION_FAILED
 */
export function requireNoFields(body: unknown): void {
  optionalBodyOf(nothingSchema, body);
}
