import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { managementRequest, type RabbitmqServer, startRabbitmq } from '@holdfast/local-servers';
import { newDataDir, waitUntil } from '@holdfast/testing';

/** How the server names the Raft group of a quorum queue in the default virtual host. */
const RAFT_GROUP = /2F_[0-9A-Z]{15}/g;

/** A RabbitMQ that the test may kill and stop, with its services' queues in the default virtual host. */
export const startOwnBroker = (): Promise<RabbitmqServer> => startRabbitmq({ dataDir: newDataDir() });

/**
 * Resolves when the server has on disk that its quorum queues exist. RabbitMQ 3.10 writes a new one's Raft group up to a
 * second after it confirmed the declaration; killed before that, the queue finds no leader at the next start and
 * answers nobody, for ever.
 */
export async function queuesAreOnDisk(server: RabbitmqServer): Promise<void> {
  const folder = join(server.dataDir, 'data', server.nodeName, 'quorum', server.nodeName);
  const groupsIn = (file: string) => new Set(readFileSync(join(folder, file), 'latin1').match(RAFT_GROUP));
  await waitUntil('every quorum queue is on disk', async () => {
    const declared = await quorumQueues(server);
    return declared > 0 && groupsIn('names.dets').size >= declared && groupsIn('meta.dets').size >= declared;
  });
}

/** Deletes a queue with what it holds, as an operator may by mistake; its consumers are cancelled. */
export async function deleteQueue(server: RabbitmqServer, queue: string): Promise<void> {
  const { status, body } = await managementRequest(server, 'DELETE', `/api/queues/%2F/${queue}`);
  if (status !== 204) throw new Error(`RabbitMQ answered ${status} to the deletion of ${queue}: ${body}`);
}

async function quorumQueues(server: RabbitmqServer): Promise<number> {
  const { body } = await managementRequest(server, 'GET', '/api/queues/%2F?columns=name,type');
  const queues = JSON.parse(body) as { name: string; type?: string }[];
  return queues.filter(({ type }) => type === 'quorum').length;
}
