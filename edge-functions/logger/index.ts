import { orMisconfigured } from '../shared/or-misconfigured.ts';
import { createLogger } from './logger-function.ts';

Deno.serve(orMisconfigured('logger', () => createLogger(Deno.env.toObject())));
