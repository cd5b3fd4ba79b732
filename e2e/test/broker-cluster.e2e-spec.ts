import { type RabbitmqCluster, type RabbitmqServer } from '@holdfast/local-servers';
import { clusterVhost, startOwnCluster, waitUntil } from '@holdfast/testing';
import { FleetTrial } from '../src/fleet/fleet-trial.js';
import { type SteadyLoad } from '../src/fleet/steady-load.js';

jest.setTimeout(600_000);

// An election takes a second, but nodes that start again share the machine with everything else.
const RECOVERY = { timeoutMs: 120_000 };

const WORK_QUEUES = ['orders_queue', 'products_queue', 'webhooks_queue'];

let cluster: RabbitmqCluster;
let vhost: string;
let trial: FleetTrial;
// An answer may be lost with a node, so that the same request is sent again. Nobody gives up before the cluster is back.
let clients: { gatewayUrl: string; retries: number };

beforeAll(async () => {
  cluster = await startOwnCluster();
  const { name, urls } = await clusterVhost(cluster);
  vhost = name;
  // Goes with the cluster.
  const broker = { url: urls.join(','), close: async () => undefined };
  trial = await FleetTrial.start({ instances: 1, broker, env: { REQUEST_TIMEOUT_MS: '5000' } });
  clients = { gatewayUrl: trial.fleet.of('api-gateway')[0]?.url ?? '', retries: 100 };
});
afterAll(async () => {
  await trial?.close();
  await cluster?.destroy();
});

const leaderOf = (queue: string): Promise<RabbitmqServer> =>
  waitUntil(`${queue} has a leader`, () => cluster.leaderOf(queue, vhost), RECOVERY);

/** kill -9 of the node that leads orders_queue; resolves to it when one that runs does, and orders are accepted again. */
async function killLeaderUnder(load: SteadyLoad): Promise<RabbitmqServer> {
  const leader = await leaderOf('orders_queue');
  const killedAt = performance.now();
  await cluster.kill(leader);
  await leaderOf('orders_queue');
  await load.goesOn(50);
  const pauseMs = Math.round(load.longestPauseMs(killedAt));
  process.stdout.write(`the node that led orders_queue was killed: no order was accepted for ${pauseMs} ms\n`);
  return leader;
}

async function startAgain(node: RabbitmqServer): Promise<void> {
  await cluster.restart(node);
  for (const queue of WORK_QUEUES) {
    await waitUntil(`${queue} is in sync`, () => cluster.replicasAreOnline(queue, vhost), RECOVERY);
  }
}

describe('four services on a RabbitMQ cluster of three nodes, under load', () => {
  it('lose no order when the node is killed that leads the queue, nor when the one is that leads it then', async () => {
    await trial.underLoad(clients, async (load) => {
      await startAgain(await killLeaderUnder(load));
      await killLeaderUnder(load);
    });
    await trial.fleet.ready();
  });

  it('go on with two nodes, and with the third when it is back', async () => {
    const dead = cluster.nodes.find(({ isRunning }) => !isRunning);
    if (!dead) throw new Error('all nodes run');
    await trial.underLoad(clients, () => startAgain(dead));
    await trial.fleet.ready();
  });
});
