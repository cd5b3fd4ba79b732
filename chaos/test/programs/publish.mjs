// Publishes numbered messages to an exchange and to a queue, on a confirm channel, and says which were confirmed. Then what
// amqplib cannot encode, and what goes where failed messages go, and on a channel that is closed right after.
import { connect } from 'amqplib';

const [url, exchange, queue, count] = process.argv.slice(2);
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const connection = await connect(url);
const channel = await connection.createConfirmChannel();
for (const [to, key] of [
  [exchange, 'key'],
  ['', queue],
]) {
  for (let number = 0; number < Number(count); number += 1) {
    const messageId = `${to}/${number}`;
    channel.publish(to, key, Buffer.from(String(number)), { messageId }, (error) =>
      tell({ confirmed: messageId, error }),
    );
  }
}
try {
  channel.publish('', queue, Buffer.from(''), { headers: { big: 'x'.repeat(100_000) } });
} catch (error) {
  tell({ refused: error.message });
}
channel.publish('', `${queue}.dlq`, Buffer.from('dead'), {});
await channel.waitForConfirms();
const plain = await connection.createChannel();
plain.publish('', `${queue}.plain`, Buffer.from('reply'), {});
await plain.close();
await new Promise((resolve) => setTimeout(resolve, 200));
await channel.waitForConfirms();
await connection.close();
