/** How many attempts at a message have failed. */
export const ATTEMPT_HEADER = 'x-attempt';

/** Set on an event that its relay publishes a second time because somebody asked for it again. */
export const REPUBLISHED_HEADER = 'x-republished';

/** Id of the message that caused this one. */
export const CAUSATION_HEADER = 'x-causation-id';

/** W3C Trace Context, passed on unchanged. */
export const TRACEPARENT_HEADER = 'traceparent';
