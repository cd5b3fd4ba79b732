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
let underWay = 0;
let closing = false;

port.on('message', (order: SenderOrder) => {
  if ('close' in order) void close();
  else for (const numbered of order.send) void send(numbered);
});

async function send([number, request]: NumberedRequest): Promise<void> {
  underWay += 1;
  const outcome = await sender.send(request);
  underWay -= 1;
  if (outcomes.length === 0) setImmediate(report);
  outcomes.push([number, outcome]);
}

function report(): void {
  if (outcomes.length > 0) say({ outcomes });
  outcomes = [];
  if (closing && underWay === 0) end();
}

/** What it gives up, and what is asked of it from now on, is reported before the end. */
async function close(): Promise<void> {
  await sender.close();
  closing = true;
  setImmediate(report);
}

function end(): void {
  say({ closed: true });
  port.close();
}

function say(message: SenderReport): void {
  port.postMessage(message);
}
