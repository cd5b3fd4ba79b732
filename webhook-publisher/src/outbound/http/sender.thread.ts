import { parentPort, workerData } from 'node:worker_threads';
import { parseNetworks } from './address-policy.js';
import { HttpCallbackSender } from './callback-sender.js';
import {
  type NumberedOutcome,
  type NumberedRequest,
  type SenderOrder,
  type SenderReport,
  type SenderThreadOptions,
} from './sender-messages.js';

/** The program of a sender thread: sends what it is told and reports outcomes, those of one turn together. */
if (!parentPort) throw new Error('a sender thread is started by ThreadedCallbackSender');
const port = parentPort;
const { allowedNetworks, ...options } = workerData as SenderThreadOptions;
const sender = new HttpCallbackSender({ ...options, allowedNetworks: parseNetworks(allowedNetworks).networks });
let outcomes: NumberedOutcome[] = [];

port.on('message', (order: SenderOrder) => {
  if ('close' in order) void close();
  else for (const numbered of order.send) void send(numbered);
});

async function send([number, request]: NumberedRequest): Promise<void> {
  const outcome = await sender.send(request);
  if (outcomes.length === 0) setImmediate(report);
  outcomes.push([number, outcome]);
}

function report(): void {
  say({ outcomes });
  outcomes = [];
}

async function close(): Promise<void> {
  await sender.close();
  // Behind the reports of what was given up by it.
  setImmediate(() => {
    if (outcomes.length > 0) report();
    say({ closed: true });
    port.close();
  });
}

function say(message: SenderReport): void {
  port.postMessage(message);
}
