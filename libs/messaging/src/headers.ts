/** How many attempts at a message have failed. */
export const ATTEMPT_HEADER = 'x-attempt';

/** Set on an event that its relay publishes a second time because somebody asked for it again. */
export const REPUBLISHED_HEADER = 'x-republished';

/** Id of the message that caused this one. */
export const CAUSATION_HEADER = 'x-causation-id';

/** W3C Trace Context, passed on unchanged. */
export const TRACEPARENT_HEADER = 'traceparent';

/** How many times a dead letter was sent back to its queue. */
export const REDRIVE_COUNT_HEADER = 'x-redrive-count';

/** Id of the act that sent it back last. */
export const REDRIVE_ACT_HEADER = 'x-redrive-act';
