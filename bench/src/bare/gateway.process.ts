import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { runBareProcess } from './bare-process.js';
import { openChannel, requireConfirm } from './broker.js';
import { ORDERS_QUEUE } from './topology.js';

const REPLY_TO = 'amq.rabbitmq.reply-to';

await runBareProcess(async ({ amqpUrl, port }) => {
  const channel = await openChannel(amqpUrl);
  const waiting = new Map<string, ServerResponse>();
  let lastRequest = 0;

  await channel.consume(
    REPLY_TO,
    (reply) => {
      const response = waiting.get(reply?.properties.correlationId);
      if (reply === null || response === undefined) return;
      waiting.delete(reply.properties.correlationId);
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': reply.content.length });
      response.end(reply.content);
    },
    { noAck: true },
  );

  const placeOrder = (body: Buffer, response: ServerResponse) => {
    lastRequest += 1;
    const correlationId = String(lastRequest);
    waiting.set(correlationId, response);
    const properties = { persistent: true, type: 'orders.create', correlationId, replyTo: REPLY_TO };
    channel.sendToQueue(ORDERS_QUEUE, body, properties, requireConfirm);
  };

  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/orders') readBody(request, (body) => placeOrder(body, response));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});

function readBody(request: IncomingMessage, whenRead: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => whenRead(Buffer.concat(chunks)));
}
