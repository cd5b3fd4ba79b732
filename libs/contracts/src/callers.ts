import { z } from 'zod';

export const clientIdSchema = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

/**
 * Who asks, as the gateway established it from the API key. The service that owns a resource holds it against the
 * resource's owner; an operator sees everyone's.
 */
export const callerSchema = z.object({ role: z.enum(['client', 'operator']), clientId: clientIdSchema });
export type Caller = z.infer<typeof callerSchema>;
