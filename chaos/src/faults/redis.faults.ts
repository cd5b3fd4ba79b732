import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Stand } from '../stand/stand.js';
import { always, type Fault } from './fault.js';

async function flush({ redis }: Stand): Promise<void> {
  const client = new Redis(redis.url);
  try {
    await client.flushall();
  } finally {
    client.disconnect();
  }
}

export const redisFaults: readonly Fault[] = [
  {
    name: 'Redis FLUSHALL, three times',
    seconds: 2,
    impossibleOn: always,
    inflict: async ({ stand, load, random }) => {
      for (let times = 0; times < 3; times += 1) {
        await flush(stand);
        await load.goesOn(random.between(5, 30));
      }
    },
  },
  {
    name: 'kill -9 Redis, and back with what it had',
    seconds: 5,
    impossibleOn: always,
    inflict: async ({ stand: { redis }, load }) => {
      await redis.kill();
      await load.goesOn(20);
      await redis.restart();
    },
  },
  {
    name: 'kill -9 Redis, and back empty',
    seconds: 5,
    impossibleOn: always,
    inflict: async ({ stand, load }) => {
      await stand.redis.kill();
      await load.goesOn(20);
      for (const file of ['appendonlydir', 'dump.rdb']) {
        rmSync(join(stand.redis.dataDir, file), { recursive: true, force: true });
      }
      await stand.redis.restart();
    },
  },
];
