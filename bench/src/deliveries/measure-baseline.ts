import { join } from 'node:path';
import { startRedis } from '@holdfast/local-servers';
import { DatabaseName } from '../databases/database-location.js';
import { Teardown } from '../processes/teardown.js';
import { DeliveryMeasurement, faultOf, measured, Run } from './delivery-measurement.js';
import { Receiver } from './receiver/receiver.js';
import { BaselineName, BaselineSender, withNewSecret } from './senders/baseline-sender.js';

export interface DeliverySetup {
  /** What the product keeps its data in. */
  database: DatabaseName;
  endpoints: number;
  deliveries: number;
  /** Sent before, for figures that are thrown away: it compiles the hot code and opens the connections. */
  warmUp: number;
  bullmqConcurrency: number;
  /** There already; everything of the measurement is in it. */
  dataDir: string;
}

/** Measures a sender that is not the product. */
export async function measureBaseline(
  figure: BaselineName,
  setup: DeliverySetup,
  teardown: Teardown,
): Promise<DeliveryMeasurement> {
  const { dataDir, deliveries, warmUp, bullmqConcurrency } = setup;
  const receiver = await Receiver.start(setup.endpoints, teardown, dataDir);
  const redis = figure === 'bullmq' ? await startRedis({ dataDir: join(dataDir, 'redis') }) : undefined;
  if (redis !== undefined) teardown.defer('Redis', () => redis.stop());
  const endpoints = receiver.urls.map(withNewSecret);
  const config = { endpoints, redisUrl: redis?.url ?? '', bullmqConcurrency };
  const sender = await BaselineSender.start(figure, { config, dataDir, teardown });

  const send = async (count: number): Promise<Run> => {
    const sent = await sender.send();
    await receiver.complete();
    return { ...sent, fault: faultOf(await receiver.report(), count) };
  };
  await sender.store(warmUp);
  await receiver.expect(warmUp, endpoints);
  await send(warmUp);
  await sender.store(deliveries);
  await receiver.expect(deliveries, endpoints);
  const servers = redis === undefined ? [] : [{ name: 'redis', pid: redis.pid }];
  const metered = [sender.process, receiver.process, ...servers];
  return measured({ figure, endpoints: setup.endpoints, deliveries }, metered, () => send(deliveries));
}
