import { waitUntil } from '@holdfast/testing';
import { type Reader, ReadQueue } from './read-queue.js';

/** A reader whose reads end when the test says so. */
class SlowReader implements Reader {
  closed = false;
  begun = 0;
  private readonly ends: { resolve: () => void; reject: (error: Error) => void }[] = [];

  read(): Promise<void> {
    this.begun += 1;
    return new Promise((resolve, reject) => this.ends.push({ resolve, reject }));
  }

  finish(): void {
    this.ends.shift()?.resolve();
  }

  fail(): void {
    this.ends.shift()?.reject(new Error('away'));
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a queue of readers', () => {
  it('reads at once, and once more for all that was asked meanwhile', async () => {
    const queue = new ReadQueue();
    const reader = new SlowReader();
    queue.add(reader);
    expect(reader.begun).toBe(1);
    for (let asked = 0; asked < 5; asked += 1) queue.add(reader);
    expect(reader.begun).toBe(1);
    reader.finish();
    await turn();
    expect(reader.begun).toBe(2);
    reader.finish();
    await turn();
    expect(reader.begun).toBe(2);
  });

  it('lets no more read at a time than it may, and forgets nobody', async () => {
    const queue = new ReadQueue(2);
    const readers = Array.from({ length: 5 }, () => new SlowReader());
    for (const reader of readers) queue.add(reader);
    const begun = () => readers.map((reader) => reader.begun);
    expect(begun()).toEqual([1, 1, 0, 0, 0]);
    readers[1]?.finish();
    await turn();
    expect(begun()).toEqual([1, 1, 1, 0, 0]);
    for (const reader of readers) {
      reader.finish();
      await turn();
    }
    for (const reader of readers) reader.finish();
    await turn();
    expect(begun()).toEqual([1, 1, 1, 1, 1]);
  });

  it('tries again what has failed, unless its reader is closed', async () => {
    const queue = new ReadQueue(1, 1);
    const [open, closed] = [new SlowReader(), new SlowReader()];
    queue.add(closed);
    closed.fail();
    closed.closed = true;
    queue.add(open);
    await turn();
    open.fail();
    await waitUntil('the open one is read again', () => open.begun === 2);
    expect(closed.begun).toBe(1);
  });
});
