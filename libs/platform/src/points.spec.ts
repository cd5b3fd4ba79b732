import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { channelOf, isWatched, points, reached } from './points.js';

const CHANNEL = channelOf('before-ack');

describe('a point', () => {
  const seen: unknown[] = [];
  const see = (message: unknown) => void seen.push(message);

  afterEach(() => {
    unsubscribe(CHANNEL, see);
    seen.length = 0;
  });

  it('tells its subscribers what it is about before it goes on', () => {
    subscribe(CHANNEL, see);
    reached('before-ack', 'orders_queue');
    reached('before-ack', () => ['a', 'b']);
    expect(seen).toEqual([
      { point: 'before-ack', labels: ['orders_queue'] },
      { point: 'before-ack', labels: ['a', 'b'] },
    ]);
  });

  it('makes no labels that nobody asks for', () => {
    const labels = () => {
      throw new Error('nobody listens');
    };
    expect(() => reached('before-ack', labels)).not.toThrow();
  });

  it('is watched while somebody listens', () => {
    expect(isWatched('before-ack')).toBe(false);
    subscribe(CHANNEL, see);
    expect(isWatched('before-ack')).toBe(true);
    reached('after-ack', 'orders_queue');
    expect(seen).toEqual([]);
  });
});

describe('the points', () => {
  it('all stand in docs/architecture.md', () => {
    const page = readFileSync(join(__dirname, '../../../docs/architecture.md'), 'utf8');
    const missing = Object.keys(points).filter((point) => !page.includes(`\`${point}\``));
    expect(missing).toEqual([]);
  });
});
