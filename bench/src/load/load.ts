/** One stretch of closed-loop load: every connection sends its next order when it has the answer to the last. */
export interface Load {
  connections: number;
  /** When to start no more orders; those under way are finished and counted. */
  until: { seconds: number } | { orders: number };
}

/** Where the load goes. */
export interface LoadTarget {
  /** Of every gateway; the connections are spread over them. */
  ordersUrls: readonly string[];
  headers: Record<string, string>;
  /** Ordered in turn, one unit each. */
  skus: readonly string[];
}

export interface LoadResult {
  /** Answers with 201. */
  accepted: number;
  /** Other answers by status, and `error` for requests without one. */
  failures: Record<string, number>;
  p50Ms: number;
  p99Ms: number;
  /** Epoch milliseconds of the first request and of the last answer. */
  startedAt: number;
  finishedAt: number;
}
