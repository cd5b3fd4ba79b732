import { BrokerTurns, brokerAddress, startingAnywhere } from './broker-turns.js';

const URLS = ['amqp://a', 'amqp://b', 'amqp://c'];
const PAUSE_MS = 3_000;

let turns: BrokerTurns;

beforeEach(() => {
  jest.useFakeTimers();
  turns = new BrokerTurns(URLS, PAUSE_MS);
});
afterEach(() => {
  jest.useRealTimers();
});

async function tryAndFail(): Promise<string> {
  const url = await turns.next();
  turns.connectFailed();
  return url;
}

/** What is tried after a pause; before its end nothing is. */
async function afterThePause(): Promise<string> {
  let tried: string | undefined;
  const next = turns.next().then((url) => {
    tried = url;
    return url;
  });
  await jest.advanceTimersByTimeAsync(PAUSE_MS - 1);
  expect(tried).toBeUndefined();
  await jest.advanceTimersByTimeAsync(1);
  return next;
}

async function connect(): Promise<string> {
  const url = await turns.next();
  turns.connected();
  return url;
}

describe('whose turn it is', () => {
  it('is each one in its order without a pause, until all have failed', async () => {
    expect([await tryAndFail(), await tryAndFail(), await tryAndFail()]).toEqual(URLS);
    expect(turns.pauses).toBe(true);
    expect(await afterThePause()).toBe('amqp://a');
    turns.connectFailed();
    expect([await tryAndFail(), await tryAndFail()]).toEqual(['amqp://b', 'amqp://c']);
    expect(turns.pauses).toBe(true);
  });

  it('is all others at once after a connection is lost, and the lost one after a pause', async () => {
    await connect();
    jest.advanceTimersByTime(60_000);
    turns.lost();
    expect([await tryAndFail(), await tryAndFail()]).toEqual(['amqp://b', 'amqp://c']);
    expect(await afterThePause()).toBe('amqp://a');
  });

  it('forgets earlier failures with a connection that lasts', async () => {
    expect([await tryAndFail(), await tryAndFail(), await connect()]).toEqual(URLS);
    jest.advanceTimersByTime(PAUSE_MS);
    turns.lost();
    expect([await tryAndFail(), await tryAndFail()]).toEqual(['amqp://a', 'amqp://b']);
    expect(turns.pauses).toBe(true);
  });

  it('does not go round and round among brokers that end every connection at once', async () => {
    for (const url of URLS) {
      expect(await connect()).toBe(url);
      turns.lost();
    }
    expect(await afterThePause()).toBe('amqp://a');
  });

  it('is of a single one again and again, after a pause each', async () => {
    turns = new BrokerTurns(['amqp://a'], PAUSE_MS);
    await connect();
    jest.advanceTimersByTime(60_000);
    turns.lost();
    expect(await afterThePause()).toBe('amqp://a');
    turns.connectFailed();
    expect(await afterThePause()).toBe('amqp://a');
  });

  it('is nobody’s after a stop, which ends a pause', async () => {
    for (const _ of URLS) await tryAndFail();
    const next = turns.next();
    turns.stop();
    await expect(next).rejects.toThrow('no broker');
    await expect(turns.next()).rejects.toThrow('no broker');
  });
});

describe('where instances start', () => {
  it.each([
    [0, ['amqp://a', 'amqp://b', 'amqp://c']],
    [0.34, ['amqp://b', 'amqp://c', 'amqp://a']],
    [0.999, ['amqp://c', 'amqp://a', 'amqp://b']],
  ])('with %d of the dice it is %j', (chance, urls) => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(chance);
    expect(startingAnywhere(URLS)).toEqual(urls);
    random.mockRestore();
  });
});

describe('the address of a broker', () => {
  it.each([
    ['amqp://user:s3cret@rabbit-1:5673/v', 'rabbit-1:5673'],
    ['amqp://user:s3cret@rabbit-1', 'rabbit-1:5672'],
    ['amqps://rabbit-1/', 'rabbit-1:5671'],
    ['amqp://[::1]:5672/', '[::1]:5672'],
  ])('of %j is %j', (url, address) => {
    expect(brokerAddress(url)).toBe(address);
  });
});
