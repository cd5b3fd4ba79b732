import { AddressInfo, createServer } from 'node:net';
import { Expected, Receipts } from './receipts.js';
import { RequestParser } from './request-parser.js';

/** What the receiver is told, one at a time. */
export type ReceiverOrder = { listen: number } | { expect: Expected } | 'report';

const ANSWER = Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok');

let receipts = new Receipts({ deliveries: 0, secrets: [] });

/** A port for every endpoint, so that each has connections of its own, as endpoints of different owners have. */
async function listen(endpoint: number): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    const parser = new RequestParser();
    socket.on('data', (chunk: Buffer) => {
      parser.feed(chunk, (request) => {
        socket.write(ANSWER);
        if (receipts.add(endpoint, request, Date.now())) process.send?.(Date.now());
      });
    });
    // A sender that ends with connections open resets them.
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0, backlog: 1_024 }, resolve));
  return (server.address() as AddressInfo).port;
}

async function obey(order: ReceiverOrder): Promise<unknown> {
  if (order === 'report') return receipts.report();
  if ('listen' in order) return Promise.all(Array.from({ length: order.listen }, (_, endpoint) => listen(endpoint)));
  receipts = new Receipts(order.expect);
  return 'expecting';
}

process.once('disconnect', () => process.exit(0));
process.on('message', (order: ReceiverOrder) => void obey(order).then((answer) => process.send?.(answer)));
