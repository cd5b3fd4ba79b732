import { AddressInfo, createServer, Socket } from 'node:net';
import { answerOf, Behaviour } from './behaviour.js';
import { Expected, Receipts, Window } from './receipts.js';
import { RequestParser } from './request-parser.js';

/** What the receiver is told, one at a time. */
export type ReceiverOrder =
  | { listen: number }
  /** By endpoint; the others go on as before. */
  | { behave: Record<number, Behaviour> }
  | { expect: Expected }
  | { latency: Window }
  | 'report';

/** By endpoint. */
const behaviours: Behaviour[] = [];
const unanswered = new Map<number, Socket[]>();

let receipts = new Receipts({ deliveries: 0, secrets: [] });

/** A port for every endpoint, so that each has connections of its own, as endpoints of different owners have. */
async function listen(endpoint: number): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    const parser = new RequestParser();
    socket.on('data', (chunk: Buffer) => {
      parser.feed(chunk, (request) => {
        const behaviour = behaviours[endpoint] ?? 'well';
        const answer = answerOf(behaviour);
        if (answer === undefined) hang(endpoint, socket);
        else socket.write(answer);
        if (behaviour === 'well' && receipts.add(endpoint, request, Date.now())) process.send?.(Date.now());
      });
    });
    // A sender that ends with connections open resets them.
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0, backlog: 1_024 }, resolve));
  return (server.address() as AddressInfo).port;
}

function hang(endpoint: number, socket: Socket): void {
  unanswered.set(endpoint, [...(unanswered.get(endpoint) ?? []), socket]);
}

/** What hung until now ends with it. */
function behave(endpoint: number, behaviour: Behaviour): void {
  behaviours[endpoint] = behaviour;
  for (const socket of unanswered.get(endpoint) ?? []) socket.destroy();
  unanswered.delete(endpoint);
}

async function obey(order: ReceiverOrder): Promise<unknown> {
  if (order === 'report') return receipts.report();
  if ('latency' in order) return receipts.latency(order.latency);
  if ('behave' in order) {
    for (const [endpoint, behaviour] of Object.entries(order.behave)) behave(Number(endpoint), behaviour);
    return 'behaving';
  }
  if ('listen' in order) return Promise.all(Array.from({ length: order.listen }, (_, endpoint) => listen(endpoint)));
  receipts = new Receipts(order.expect);
  return 'expecting';
}

process.once('disconnect', () => process.exit(0));
process.on('message', (order: ReceiverOrder) => void obey(order).then((answer) => process.send?.(answer)));
