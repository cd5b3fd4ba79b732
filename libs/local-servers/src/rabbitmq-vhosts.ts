import { LocalServerError } from './local-server.errors.js';
import { type ManagementAccess, managementRequest } from './management-request.js';

/** What is needed to manage a broker; RabbitmqServer is one, a plain object from another process serves as well. */
export interface RabbitmqAccess extends ManagementAccess {
  /** amqp://user:password@host:port/… */
  readonly url: string;
}

/** Makes a virtual host (or keeps the one of that name), lets the server's user in and answers its amqp URL. */
export async function createVhost(server: RabbitmqAccess, name: string): Promise<string> {
  const vhost = encodeURIComponent(name);
  await request(server, 'PUT', `/api/vhosts/${vhost}`, {});
  await request(server, 'PUT', `/api/permissions/${vhost}/${encodeURIComponent(server.user)}`, {
    configure: '.*',
    write: '.*',
    read: '.*',
  });
  const url = new URL(server.url);
  url.pathname = `/${vhost}`;
  return url.href;
}

/** Deletes a virtual host with all it holds and closes its connections; one that does not exist is not an error. */
export async function deleteVhost(server: RabbitmqAccess, name: string): Promise<void> {
  await request(server, 'DELETE', `/api/vhosts/${encodeURIComponent(name)}`);
}

async function request(server: RabbitmqAccess, method: string, path: string, body?: object): Promise<void> {
  const answer = await managementRequest(server, method, path, body === undefined ? {} : { body });
  if (answer.status < 300 || (method === 'DELETE' && answer.status === 404)) return;
  throw new LocalServerError(
    'REQUEST_FAILED',
    `RabbitMQ answered ${answer.status} to ${method} ${path}: ${answer.body}`,
  );
}
