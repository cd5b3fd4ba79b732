import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { managementRequest, type RabbitmqCluster, startRabbitmqCluster } from '../src/index.js';
import { becomesTrue } from '../src/poll.js';
import { groupIsGone, spawnOwner } from './server-owner.js';

jest.setTimeout(600_000);

const root = mkdtempSync(join(tmpdir(), 'holdfast cluster '));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const soon = (condition: () => boolean | Promise<boolean>) => becomesTrue(condition, { timeoutMs: 60_000 });

describe('a private RabbitMQ cluster', () => {
  let cluster: RabbitmqCluster;

  beforeAll(async () => {
    cluster = await startRabbitmqCluster({ dataDir: join(root, 'broker') });
  });
  afterAll(() => cluster.destroy());

  async function declareQuorumQueue(name: string): Promise<void> {
    const body = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
    expect(await managementRequest(cluster.management, 'PUT', `/api/queues/%2F/${name}`, { body })).toMatchObject({
      status: 201,
    });
  }

  it('is three nodes behind one login, each with its own URL', () => {
    expect(cluster.nodes).toHaveLength(3);
    expect(new Set(cluster.urls).size).toBe(3);
    expect(new Set(cluster.urls.map((url) => new URL(url).password)).size).toBe(1);
    for (const node of cluster.nodes) {
      expect(cluster.node(node.url)).toBe(node);
      expect(cluster.node(node.nodeName)).toBe(node);
    }
  });

  it('puts a replica of a quorum queue on every node', async () => {
    await declareQuorumQueue('everywhere');
    expect(await soon(() => cluster.replicasAreOnline('everywhere'))).toBe(true);
    expect(await cluster.membersOf('nowhere')).toBeUndefined();
    expect(await cluster.leaderOf('nowhere')).toBeUndefined();
  });

  it('finds another leader when one is killed, and takes the node back', async () => {
    await declareQuorumQueue('led');
    expect(await soon(() => cluster.replicasAreOnline('led'))).toBe(true);
    const leader = await cluster.leaderOf('led');
    if (leader === undefined) throw new Error('the queue has no leader');
    await cluster.kill(leader);
    expect(leader.isRunning).toBe(false);
    const isElected = async () => ![undefined, leader].includes(await cluster.leaderOf('led'));
    expect(await soon(isElected)).toBe(true);
    expect(await cluster.replicasAreOnline('led')).toBe(false);
    await cluster.restart(leader);
    expect(await soon(() => cluster.replicasAreOnline('led'))).toBe(true);
  });

  it('refuses a second start on the same data', async () => {
    await expect(startRabbitmqCluster({ dataDir: join(root, 'broker') })).rejects.toMatchObject({
      code: 'DATA_DIR_IN_USE',
    });
  });

  it('comes back whole from a clean stop', async () => {
    await declareQuorumQueue('kept');
    expect(await soon(() => cluster.replicasAreOnline('kept'))).toBe(true);
    await cluster.stop();
    cluster = await startRabbitmqCluster({ dataDir: join(root, 'broker') });
    expect(await soon(() => cluster.replicasAreOnline('kept'))).toBe(true);
  });
});

describe('starting a RabbitMQ cluster', () => {
  it('ends with its owner, even one that was killed: every node and the port mapper', async () => {
    const owner = await spawnOwner('startRabbitmqCluster', join(root, 'guarded'));
    expect(owner.serverPids).toHaveLength(4);
    await owner.kill();
    expect(await soon(() => owner.serverPids.every(groupIsGone))).toBe(true);
  });
});
