// Sends three callbacks to the URL that it is given, one after the other, from a thread of the compiled webhook-publisher.
import { ThreadedCallbackSender } from '../../../webhook-publisher/dist/outbound/http/threaded-callback-sender.js';

const program = new URL('../../../webhook-publisher/dist/outbound/http/sender.thread.js', import.meta.url);
const sender = new ThreadedCallbackSender(program, 1, {
  ...{ allowHttp: true, allowedNetworks: '127.0.0.0/8', deadlineMs: 10_000 },
});
for (let number = 1; number <= 3; number += 1) {
  await sender.send({ url: process.argv[2], headers: { 'webhook-id': String(number) }, body: '{}' });
}
await sender.close();
