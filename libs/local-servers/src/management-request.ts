import { request } from 'node:http';

export interface ManagementAccess {
  readonly managementUrl: string;
  readonly user: string;
  readonly password: string;
}

export interface ManagementAnswer {
  status: number;
  body: string;
}

/**
 * One request to RabbitMQ's management API. Each uses a connection of its own: a pooled one may belong to the broker
 * that was killed a moment ago.
 */
export function managementRequest(
  access: ManagementAccess,
  method: string,
  path: string,
  { body, timeoutMs = 30_000 }: { body?: object; timeoutMs?: number } = {},
): Promise<ManagementAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, access.managementUrl),
      {
        method,
        agent: false,
        auth: `${access.user}:${access.password}`,
        headers: { 'content-type': 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
