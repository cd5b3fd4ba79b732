import { type LoggedEvent } from './event-log.reader.js';
import { relayedMessage } from './relayed-message.js';

const event = (given: Partial<LoggedEvent> = {}): LoggedEvent => ({
  position: 7,
  id: 'e-1',
  type: 'order.created',
  payload: '{"orderId":"o-1","text":"ü \\" \\u2028"}',
  metadata: '{"correlationId":"r-1","causationId":"m-1"}',
  occurredAt: 1_700_000_000_999,
  ...given,
});

describe('the message of a logged event', () => {
  it('goes to the events exchange by its type, under its own id', () => {
    expect(relayedMessage(event(), false)).toMatchObject({
      exchange: 'events',
      routingKey: 'order.created',
      properties: {
        messageId: 'e-1',
        correlationId: 'r-1',
        type: 'order.created',
        timestamp: 1_700_000_000,
        contentType: 'application/json',
        persistent: true,
        headers: { 'x-causation-id': 'm-1' },
      },
    });
  });

  it('goes straight to a queue where it is a command', () => {
    expect(relayedMessage(event({ type: 'product.reserveStock' }), false)).toMatchObject({
      exchange: '',
      routingKey: 'products_queue',
    });
  });

  it('carries the stored payload as it is', () => {
    const { body } = relayedMessage(event(), false);
    expect(JSON.parse(body.toString('utf8'))).toEqual({
      pattern: 'order.created',
      data: { orderId: 'o-1', text: 'ü " \u2028' },
    });
  });

  it('passes the trace on', () => {
    const metadata = '{"correlationId":"r-1","causationId":"m-1","traceparent":"00-ab-cd-01"}';
    expect(relayedMessage(event({ metadata }), false).properties.headers).toEqual({
      'x-causation-id': 'm-1',
      traceparent: '00-ab-cd-01',
    });
  });

  it('is the same when it is published again, and says so', () => {
    const first = relayedMessage(event(), false);
    const again = relayedMessage(event(), true);
    expect(again.properties.headers).toEqual({ ...first.properties.headers, 'x-republished': true });
    expect({ ...again, properties: { ...again.properties, headers: {} } }).toEqual({
      ...first,
      properties: { ...first.properties, headers: {} },
    });
  });

  it('is refused where no contract knows its type', () => {
    expect(() => relayedMessage(event({ type: 'order.melted' }), false)).toThrow(/order\.melted/);
  });
});
