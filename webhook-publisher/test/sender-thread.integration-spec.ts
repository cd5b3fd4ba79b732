import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testServers, WebhookReceiver } from '@holdfast/testing';
import { newSecret, signaturesOf, signingKeyOf } from '../src/domain/signature.js';
import { ThreadedCallbackSender } from '../src/outbound/http/threaded-callback-sender.js';

/** The compiled program: a thread loads what Node understands. */
const program = pathToFileURL(join(testServers().root, 'webhook-publisher/dist/outbound/http/sender.thread.js'));

let receiver: WebhookReceiver;
let sender: ThreadedCallbackSender;

beforeEach(async () => {
  receiver = await WebhookReceiver.start();
  sender = new ThreadedCallbackSender(program, 2, {
    ...{ allowHttp: true, allowedNetworks: '127.0.0.0/8', deadlineMs: 60_000 },
  });
});

afterEach(async () => {
  await sender.close();
  await receiver.close();
});

function callback(path: string, id: string): Parameters<ThreadedCallbackSender['send']>[0] {
  const secret = newSecret();
  receiver.expects(path, secret);
  const timestamp = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ id });
  const signature = signaturesOf({ id, timestamp, body }, [signingKeyOf(secret)]);
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
  return { url: `${receiver.origin}${path}`, headers, body };
}

describe('threads that send', () => {
  it('give every request its own outcome, whichever answers first', async () => {
    receiver.react = ({ path }) => ({ status: 200, body: path });
    const paths = Array.from({ length: 200 }, (_, index) => `/p${index}`);
    const outcomes = await Promise.all(paths.map((path) => sender.send(callback(path, path))));
    expect(outcomes.map((outcome) => outcome.kind === 'answered' && outcome.answer)).toEqual(paths);
    expect(receiver.forged).toEqual([]);
  });

  it('keep the rules of where callbacks may go', async () => {
    const outcome = await sender.send({ ...callback('/p', 'p'), url: 'http://169.254.169.254/latest/meta-data' });
    expect(outcome).toMatchObject({ kind: 'failed', error: 'ADDRESS_NOT_ALLOWED' });
  });

  it('give up what is on its way when they are closed, and end', async () => {
    receiver.react = () => 'hang';
    const outcome = sender.send(callback('/hangs', 'hangs'));
    await sender.close();
    expect(await outcome).toMatchObject({ kind: 'failed', error: 'CONNECTION_RESET' });
  });

  it('answer what is sent while they are being closed, and after it', async () => {
    receiver.react = () => 'hang';
    const before = [sender.send(callback('/a', 'a')), sender.send(callback('/b', 'b'))];
    const closed = sender.close();
    const during = [sender.send(callback('/c', 'c')), sender.send(callback('/d', 'd'))];
    await closed;
    const after = [sender.send(callback('/e', 'e')), sender.send(callback('/f', 'f'))];
    const outcomes = await Promise.all([...before, ...during, ...after]);
    const given = { kind: 'failed', error: 'CONNECTION_RESET', detail: expect.stringContaining('The sender stopped') };
    expect(outcomes).toEqual(Array(6).fill(expect.objectContaining(given)));
  });

  it('answer everything that is sent without a pause until they are closed', async () => {
    const outcomes: ReturnType<typeof sender.send>[] = [];
    let closed = false;
    const closing = sender.close().then(() => {
      closed = true;
    });
    while (!closed) {
      outcomes.push(sender.send(callback(`/p${outcomes.length}`, 'p')));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closing;
    const settled = await Promise.all(outcomes);
    expect(settled.length).toBeGreaterThan(0);
    expect(settled.filter(({ kind }) => kind !== 'answered' && kind !== 'failed')).toEqual([]);
  });

  it('may be closed twice', async () => {
    await Promise.all([sender.close(), sender.close()]);
    await sender.close();
  });
});
