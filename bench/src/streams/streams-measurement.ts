/** One stretch of orders at a steady rate. */
export interface StreamsPhase {
  /** Streams that were open all the while. */
  open: number;
  /** From the moment that an order was due until its 201. */
  p50Ms: number;
  p99Ms: number;
  /** Of one core. */
  gatewayCpuPercent: number;
  /** At the end, as the handles. */
  gatewayMiB: number;
  /** Open files and sockets. */
  gatewayHandles: number;
  /** Percent of the machine's CPU time that went to processes outside the measurement. */
  otherCpuPercent: number;
}

/** The same load without streams, beside streams, and when all of them are gone. */
export interface StreamsMeasurement {
  streams: number;
  ordersPerSecond: number;
  phases: { before: StreamsPhase; with: StreamsPhase; after: StreamsPhase };
  /** CPU of the gateway for opening one stream, the order's history included. */
  openingCpuMs: number;
  /** From the moment that every client closed its connection until the gateway had no stream open any more. */
  goneAfterMs: number;
  /** Streams, opened again, that were told of the end of their order and were ended then. */
  toldOfTheEnd: number;
}

/** Why the figures are worth nothing; undefined where they count. */
export function faultOf({ streams, phases, toldOfTheEnd }: StreamsMeasurement): string | undefined {
  const { before, with: beside, after } = phases;
  if (before.open !== 0) return `${before.open} streams were open before the first`;
  if (beside.open !== streams) return `only ${beside.open} of ${streams} streams stayed open`;
  if (after.open !== 0) return `${after.open} streams stayed open when all were gone`;
  return toldOfTheEnd === streams
    ? undefined
    : `${toldOfTheEnd} of ${streams} streams were told of the end of their order`;
}
