import { Teardown } from '../processes/teardown.js';
import { figure } from '../report/text-table.js';
import { ORDERS_PER_SECOND, StreamsBench } from './streams-bench.js';
import { StreamsMeasurement } from './streams-measurement.js';

export interface StreamsSetup {
  streams: number;
  /** Everything of the measurement is in it. */
  dataDir: string;
  progress: (text: string) => void;
}

/** Measures what open streams of order events cost those who place orders, and the gateway, while they are open and after. */
export async function measureStreams(
  { streams, dataDir, progress }: StreamsSetup,
  teardown: Teardown,
): Promise<StreamsMeasurement> {
  progress('streams: starting');
  const bench = await StreamsBench.start(streams, dataDir, teardown);
  const measure = async (): Promise<StreamsMeasurement> => {
    const orderIds = await bench.prepare(streams);
    progress('streams: measuring without any');
    const before = await bench.phase();
    progress(`streams: measuring with ${figure(streams)}`);
    const openingCpuMs = await bench.open(orderIds);
    const beside = await bench.phase();
    const goneAfterMs = await bench.leave();
    await bench.open(orderIds);
    const toldOfTheEnd = await bench.closeOrders(orderIds);
    progress('streams: measuring when they are gone');
    const phases = { before, with: beside, after: await bench.phase() };
    return { streams, ordersPerSecond: ORDERS_PER_SECOND, phases, openingCpuMs, goneAfterMs, toldOfTheEnd };
  };
  return Promise.race([measure(), ...bench.ends]);
}
