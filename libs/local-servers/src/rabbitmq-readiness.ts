import { connect } from 'node:net';
import { type ManagementAccess, managementRequest } from './management-request.js';

/** AMQP 0-9-1, section 4.2.2: the client opens with this header, and a broker that accepts it sends a method frame. */
const PROTOCOL_HEADER = Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]);
const METHOD_FRAME = 1;

/** Whether a broker on `host`:`port` answers the protocol header within `timeoutMs`. It sees no login. */
export function speaksAmqp(port: number, host = '127.0.0.1', timeoutMs = 2_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write(PROTOCOL_HEADER));
    socket.once('data', (data) => finish(data[0] === METHOD_FRAME));
  });
}

/** Whether the management API answers an overview to this login. */
export async function managementAnswers(access: ManagementAccess): Promise<boolean> {
  try {
    return (await managementRequest(access, 'GET', '/api/overview', { timeoutMs: 2_000 })).status === 200;
  } catch {
    return false;
  }
}

interface NodeInfo {
  name: string;
  running: boolean;
}

/** The names of the nodes that a node sees running; none while its management API does not answer. */
export async function runningNodes(node: ManagementAccess): Promise<string[]> {
  try {
    const { status, body } = await managementRequest(node, 'GET', '/api/nodes', { timeoutMs: 5_000 });
    if (status !== 200) return [];
    return (JSON.parse(body) as NodeInfo[]).filter(({ running }) => running).map(({ name }) => name);
  } catch {
    return [];
  }
}
