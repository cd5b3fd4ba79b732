import { type AmqpProbe, type SeededRandom, waitUntil } from '@holdfast/testing';
import { type GetMessage, type Options } from 'amqplib';

/** A message as it was on the wire, so that it can be delivered again as the same message. */
export interface TakenMessage {
  queue: string;
  content: Buffer;
  properties: Options.Publish;
}

/** Waits until a queue that nobody consumes holds so many messages, and takes them all. */
export async function takeAll(probe: AmqpProbe, queue: string, count: number): Promise<TakenMessage[]> {
  await waitUntil(`${count} messages wait in ${queue}`, async () => (await probe.depth(queue)) === count, {
    timeoutMs: 90_000,
  });
  const taken: TakenMessage[] = [];
  for (;;) {
    const message = await probe.raw.get(queue, { noAck: true });
    if (message === false) return taken;
    taken.push({ queue, content: message.content, properties: propertiesOf(message) });
  }
}

/** Puts every message back so many times, in an order that the broker did not choose. */
export async function deliverShuffled(
  probe: AmqpProbe,
  messages: readonly TakenMessage[],
  times: number,
  random: SeededRandom,
): Promise<void> {
  const copies = Array.from({ length: times }, () => messages).flat();
  for (const { queue, content, properties } of random.shuffled(copies)) {
    probe.raw.sendToQueue(queue, content, properties);
  }
  await probe.raw.waitForConfirms();
}

function propertiesOf({ properties }: GetMessage): Options.Publish {
  const { deliveryMode, headers, ...others } = properties;
  const present = Object.entries(others).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(present), headers: headers ?? {}, persistent: deliveryMode === 2 };
}
