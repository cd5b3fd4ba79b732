import { randomUUID } from 'node:crypto';
import { createVhost, deleteVhost, managementRequest } from '@holdfast/local-servers';
import { testServers } from './servers.js';
import { waitUntil } from './wait-until.js';

// The management API learns of a new connection from a report that each connection makes every 5 s.
const SHOWN_WITHIN_MS = 60_000;

/** A virtual host of its own on the run's RabbitMQ: no test meets another's queues. */
export interface TestBroker {
  /** amqp://… of the virtual host. */
  url: string;
  vhost: string;
  /** Closes a connection from the broker's side, by the name its client gave it, as an operator does. */
  closeConnection(name: string): Promise<void>;
  /** Deletes a queue with what it holds; its consumers are cancelled. */
  deleteQueue(queue: string): Promise<void>;
  /** Deletes the virtual host with all it holds. */
  close(): Promise<void>;
}

export async function testBroker(): Promise<TestBroker> {
  const { rabbitmq } = testServers();
  const vhost = `test-${randomUUID()}`;
  const ask = (method: string, path: string) => managementRequest(rabbitmq, method, path);
  return {
    url: await createVhost(rabbitmq, vhost),
    vhost,
    closeConnection: async (name) => {
      const connections = await waitUntil(
        `RabbitMQ shows a connection "${name}"`,
        () => connectionsNamed(vhost, name),
        {
          timeoutMs: SHOWN_WITHIN_MS,
        },
      );
      for (const connection of connections) await ask('DELETE', `/api/connections/${encodeURIComponent(connection)}`);
    },
    deleteQueue: async (queue) => {
      const { status, body } = await ask('DELETE', `/api/queues/${vhost}/${queue}`);
      if (status !== 204) throw new Error(`RabbitMQ answered ${status} to the deletion of ${queue}: ${body}`);
    },
    close: () => deleteVhost(rabbitmq, vhost),
  };
}

interface ConnectionInfo {
  name: string;
  vhost: string;
  client_properties?: { connection_name?: string };
}

async function connectionsNamed(vhost: string, name: string): Promise<string[] | undefined> {
  const { body } = await managementRequest(testServers().rabbitmq, 'GET', '/api/connections');
  const connections = (JSON.parse(body) as ConnectionInfo[])
    .filter((connection) => connection.vhost === vhost && connection.client_properties?.connection_name === name)
    .map((connection) => connection.name);
  return connections.length > 0 ? connections : undefined;
}
