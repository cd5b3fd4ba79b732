import { connect } from 'node:net';
import { Probe } from './server-kind.js';

/** AMQP 0-9-1, section 4.2.2. */
const PROTOCOL_HEADER = Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]);

/** AMQP 0-9-1, section 4.2.3: a frame is type, channel (2 bytes), size (4 bytes), payload, 0xCE. */
const FRAME_HEADER_SIZE = 7;
const METHOD_FRAME = 1;

/** Methods of class connection (10). */
const CONNECTION = 10;
const START = 10;
const START_OK = 11;
const TUNE = 30;

/**
 * Whether the RabbitMQ on 127.0.0.1:`port` accepts this login: the handshake up to the broker's Tune, which it sends
 * only after a login that it accepted, then goodbye. RabbitMQ answers a wrong login after a second, by closing.
 */
export function tryAmqpLogin(port: number, user: string, password: string, timeoutMs = 5_000): Promise<Probe> {
  return new Promise((resolve) => {
    let connected = false;
    let received: Buffer = Buffer.alloc(0);
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: Probe) => {
      socket.destroy();
      resolve(answer);
    };
    const refuse = () => finish(connected ? 'refused' : 'nothing');
    socket.setTimeout(timeoutMs, refuse);
    socket.once('error', refuse);
    socket.once('close', refuse);
    socket.once('connect', () => {
      connected = true;
      socket.write(PROTOCOL_HEADER);
    });
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      const method = firstMethod(received);
      if (method === undefined) return;
      received = received.subarray(method.size);
      if (method.id === START) socket.write(startOk(user, password));
      else finish(method.id === TUNE ? 'accepted' : 'refused');
    });
  });
}

/** The first frame, once it is whole; id 0 for anything but a method of class connection. */
function firstMethod(received: Buffer): { id: number; size: number } | undefined {
  if (received.length < FRAME_HEADER_SIZE) return undefined;
  if (received[0] !== METHOD_FRAME) return { id: 0, size: received.length };
  const size = FRAME_HEADER_SIZE + received.readUInt32BE(3) + 1;
  if (received.length < size) return undefined;
  const isConnection = received.readUInt16BE(FRAME_HEADER_SIZE) === CONNECTION;
  return { id: isConnection ? received.readUInt16BE(FRAME_HEADER_SIZE + 2) : 0, size };
}

/** Connection.StartOk: client properties (empty), mechanism, response, locale. */
function startOk(user: string, password: string): Buffer {
  const response = Buffer.from(`\0${user}\0${password}`, 'utf8');
  const payload = Buffer.concat([
    uint16(CONNECTION),
    uint16(START_OK),
    uint32(0),
    shortString('PLAIN'),
    uint32(response.length),
    response,
    shortString('en_US'),
  ]);
  return Buffer.concat([Buffer.from([METHOD_FRAME, 0, 0]), uint32(payload.length), payload, Buffer.from([0xce])]);
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

function shortString(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'ascii')]);
}
