import { type Pattern } from '@holdfast/contracts';
import { EventPattern } from '@nestjs/microservices';
import { type HandlerOptions } from './handler-options.js';

/**
 * `@EventPattern` for a pattern of the contracts. Nest types the arguments after the payload as `unknown[]`, which a
 * handler with a typed context cannot meet; at run time it is the same decorator.
 */
export const OnEvent = (pattern: Pattern, options: HandlerOptions): MethodDecorator =>
  EventPattern(pattern, { ...options }) as MethodDecorator;
