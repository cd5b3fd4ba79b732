/** A subscriber as a sender knows it. */
export interface Endpoint {
  url: string;
  /** `whsec_…` */
  secret: string;
}

/** Callbacks under way to one endpoint at a time, by every sender: the default of WEBHOOK_ENDPOINT_CONCURRENCY. */
export const PER_ENDPOINT = 32;

/** Callbacks under way to all endpoints together: the default of WEBHOOK_CONCURRENCY. */
export const ALL_TOGETHER = 256;
