import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { waitUntil } from '@holdfast/testing';
import { type Resolve, resolveByDns } from '../src/outbound/http/name-sources.js';

const HEADER_BYTES = 12;
const [A, AAAA] = [1, 28];
/** A response to a recursive question; NXDOMAIN beside it is 3. */
const ANSWERED = 0x8180;
const NO_SUCH_NAME = ANSWERED + 3;

let server: Socket;
let resolve: Resolve;
/** Names that were asked for. */
let asked: Set<string>;

beforeEach(async () => {
  asked = new Set();
  server = createSocket('udp4');
  server.on('message', (question, { port, address }) => {
    const reply = replyTo(question);
    if (reply) server.send(reply, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  resolve = resolveByDns([`127.0.0.1:${server.address().port}`]);
});

afterEach(() => new Promise<void>((closed) => server.close(() => closed())));

/** RFC 1035, 4.1: names that begin with `dead` get no answer, with `none` a denial, with `six` an IPv6 address only. */
function replyTo(question: Buffer): Buffer | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  const name = labels.join('.');
  asked.add(name);
  if (name.startsWith('dead')) return undefined;
  const type = question.readUInt16BE(at + 1);
  const isHeld = !name.startsWith('none') && (type === AAAA || !name.startsWith('six'));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(question.readUInt16BE(0), 0);
  header.writeUInt16BE(name.startsWith('none') ? NO_SUCH_NAME : ANSWERED, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isHeld ? 1 : 0, 6);
  const parts = [header, question.subarray(HEADER_BYTES, at + 5)];
  return Buffer.concat(isHeld ? [...parts, recordOf(type)] : parts);
}

/** 192.0.2.1 or 2001:db8::1, for the name of the question. */
function recordOf(type: number): Buffer {
  const data = type === A ? Buffer.from([192, 0, 2, 1]) : Buffer.from('20010db8000000000000000000000001', 'hex');
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt16BE(0xc000 + HEADER_BYTES, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

describe('a look-up by DNS', () => {
  it('gives the addresses of both families, IPv4 first', async () => {
    expect(await resolve('hooks.example')).toEqual([
      { address: '192.0.2.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]);
    expect(await resolve('six.example')).toEqual([{ address: '2001:db8::1', family: 6 }]);
  });

  it('answers while names with dead servers are being asked for, and gives those up', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `dead${index}.example`);
    const open = new Set(names);
    const failures = names.map((name) =>
      resolve(name).catch((error: NodeJS.ErrnoException) => {
        open.delete(name);
        return error.code;
      }),
    );
    await waitUntil('all of them are asked for', () => names.every((name) => asked.has(name)));
    expect(await resolve('hooks.example')).toHaveLength(2);
    expect(open.size).toBe(8);
    expect(await Promise.all(failures)).toEqual(Array(8).fill('ETIMEOUT'));
  });

  it('tells of a name that is not there', async () => {
    await expect(resolve('none.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
