import { type RabbitmqServer, type RedisServer } from '@holdfast/local-servers';
import { startOwnRedis, testBroker } from '@holdfast/testing';
import { Redis } from 'ioredis';
import { startOwnBroker } from './own-broker.js';
import { System } from './system.js';

/** A system and all that it stands on. */
export interface Stand {
  amqpUrl: string;
  redis: RedisServer;
  system: System;
  close(): Promise<void>;
}

/** A system on a virtual host of the run's RabbitMQ, with a Redis of its own. */
export async function startStand(env: Record<string, string> = {}): Promise<Stand> {
  const [broker, redis] = await Promise.all([testBroker(), startOwnRedis()]);
  const system = await System.start({ amqpUrl: broker.url, redisUrl: redis.url, env });
  const close = async () => {
    await system.close();
    await redis.kill();
    await broker.close();
  };
  return { amqpUrl: broker.url, redis, system, close };
}

/** The same with a RabbitMQ that the test may do anything to. */
export async function startStandWithBroker(
  env: Record<string, string> = {},
): Promise<Stand & { broker: RabbitmqServer }> {
  const [broker, redis] = await Promise.all([startOwnBroker(), startOwnRedis()]);
  const system = await System.start({ amqpUrl: broker.url, redisUrl: redis.url, env });
  const close = async () => {
    await system.close();
    await redis.kill();
    await broker.kill();
  };
  return { amqpUrl: broker.url, broker, redis, system, close };
}

/** FLUSHALL: every `processed:` and `lock:` is forgotten. */
export async function flush(redis: RedisServer): Promise<void> {
  const client = new Redis(redis.url);
  try {
    await client.flushall();
  } finally {
    client.disconnect();
  }
}
