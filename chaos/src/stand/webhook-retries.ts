const RETRIES = 90;

/** WEBHOOK_RETRY_SCHEDULE. 45 s: longer than any fault here keeps callbacks from being accepted. */
export const RETRY_SCHEDULE = Array<string>(RETRIES).fill('0.5').join(',');

/** So often a callback is sent until it is given up. */
export const ATTEMPTS = RETRIES + 1;
