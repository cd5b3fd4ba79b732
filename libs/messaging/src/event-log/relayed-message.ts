import { contractOf } from '@holdfast/contracts';
import { type OutgoingMessage } from '../broker/publisher.js';
import { CAUSATION_HEADER, REPUBLISHED_HEADER, TRACEPARENT_HEADER } from '../headers.js';
import { EVENTS_EXCHANGE } from '../topology.js';
import { type EventMetadata } from './event-log.js';
import { type LoggedEvent } from './event-log.reader.js';

/**
 * The message that carries an event: to the `events` exchange, or, for a command, to the queue of whom it is for. The
 * payload goes out as the text that is stored; the log has no second version of it.
 */
export function relayedMessage(event: LoggedEvent, republished: boolean): OutgoingMessage {
  const contract = contractOf(event.type);
  if (!contract) throw new Error(`the log holds an event that no contract knows: ${event.type}`);
  const metadata: EventMetadata = JSON.parse(event.metadata);
  return {
    exchange: contract.kind === 'event' ? EVENTS_EXCHANGE : '',
    routingKey: contract.kind === 'event' ? event.type : contract.queue,
    body: Buffer.from(`{"pattern":"${event.type}","data":${event.payload}}`),
    properties: {
      messageId: event.id,
      correlationId: metadata.correlationId,
      type: event.type,
      // AMQP timestamps count seconds.
      timestamp: Math.floor(event.occurredAt / 1000),
      contentType: 'application/json',
      persistent: true,
      headers: {
        [CAUSATION_HEADER]: metadata.causationId,
        ...(metadata.traceparent !== undefined && { [TRACEPARENT_HEADER]: metadata.traceparent }),
        ...(republished && { [REPUBLISHED_HEADER]: true }),
      },
    },
  };
}
