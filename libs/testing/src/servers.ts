import { type RabbitmqAccess } from '@holdfast/local-servers';

/** What the global setup of a Jest run has started. */
export interface TestServers {
  /** The repository's folder. */
  root: string;
  /** A folder that is removed when the run ends. */
  folder: string;
  rabbitmq: RabbitmqAccess;
  redisUrl: string;
  /** An administrator's; a test has a database of its own ({@link testPostgres}). */
  postgresUrl: string;
}

/** The private servers of this run. */
export function testServers(): TestServers {
  const published = process.env.HOLDFAST_TEST_SERVERS;
  if (published === undefined) {
    throw new Error('there are no test servers: the Jest project needs the globalSetup of libs/testing/jest');
  }
  return JSON.parse(published) as TestServers;
}
