/**
 * How long after a nack a new channel is opened. RabbitMQ 3.10 remembers per channel and queue who leads the queue, from
 * the first message on: a channel whose first message came while the leader was dead, and the next one not yet elected,
 * is refused every message until the dead node is back. A new channel asks again. An election takes some tenths of a
 * second.
 */
export const AFTER_NACK_MS = 500;

/**
 * Whether a confirm says that the broker has refused the message, and not that its channel has ended. amqplib tells the
 * two apart by their texts only.
 */
export const isNack = (error: unknown): boolean => error instanceof Error && error.message === 'message nacked';
