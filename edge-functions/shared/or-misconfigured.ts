import { problem } from './answer.ts';
import { ConfigurationError } from './configuration.ts';
import { createLog } from './log.ts';

export type WebHandler = (request: Request) => Promise<Response>;

/**
 * The handler, or, where variables are missing, one that answers 500 and has said in the log which to set. On Supabase a
 * function that throws while it loads shows as "worker boot error" and nothing else.
 */
export function orMisconfigured(part: string, create: () => WebHandler): WebHandler {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    createLog(part).error('not configured; every request is answered with 500', { problems: error.problems });
    return async () => problem('MISCONFIGURED');
  }
}
