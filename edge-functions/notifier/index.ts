import { orMisconfigured } from '../shared/or-misconfigured.ts';
import { createNotifier } from './notifier-function.ts';

Deno.serve(orMisconfigured('notifier', () => createNotifier(Deno.env.toObject())));
