/** What one page costs, from the request to the whole answer, and on the CPU of orders-service with PostgreSQL, where that is its database. */
export interface PageCost {
  p50Ms: number;
  p99Ms: number;
  cpuUs: number;
}

/** A list of orders, its first page beside one deep in it. */
export interface ListingMeasurement {
  /** The filters. */
  list: string;
  /** Which page the deep one is: 1,000, or the last but one where there are fewer. */
  deepPage: number;
  first: PageCost;
  deep: PageCost;
}
