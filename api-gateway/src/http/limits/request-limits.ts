import { type RedisClient } from '@holdfast/messaging';
import { type GatewayConfig } from '../../config.js';
import { ClientBudgets } from './client-budgets.js';
import { SharedCounter } from './shared-counter.js';
import { WRONG_KEYS_WINDOW_S, WrongKeys } from './wrong-keys.js';

/** What a request is counted against; a limit that is switched off is not there. */
export interface RequestLimits {
  budgets: ClientBudgets | undefined;
  wrongKeys: WrongKeys | undefined;
}

type LimitsConfig = Pick<GatewayConfig, 'RATE_LIMIT_REQUESTS' | 'RATE_LIMIT_WINDOW_S' | 'AUTH_FAILURES_PER_MINUTE'>;

export function requestLimits(config: LimitsConfig, redis: RedisClient): RequestLimits {
  const { RATE_LIMIT_REQUESTS: requests, RATE_LIMIT_WINDOW_S: windowS, AUTH_FAILURES_PER_MINUTE: wrongKeys } = config;
  return {
    budgets:
      requests > 0 ? new ClientBudgets(new SharedCounter(redis, 'limit:requests', windowS), { requests }) : undefined,
    wrongKeys:
      wrongKeys > 0
        ? new WrongKeys(new SharedCounter(redis, 'limit:wrong-keys', WRONG_KEYS_WINDOW_S), { wrongKeys })
        : undefined,
  };
}
