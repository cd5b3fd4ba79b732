import { setTimeout as delay } from 'node:timers/promises';

/** How long a fault lasts is a part of what it is. */
export const pause = (ms: number): Promise<void> => delay(ms);
