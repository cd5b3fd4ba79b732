import { TurnBatch } from './turn-batch.js';

describe('a batch of one turn', () => {
  it('does together what one turn asked for, and gives each its own answer', async () => {
    const batches: number[][] = [];
    const doubled = new TurnBatch(async (numbers: number[]) => {
      batches.push(numbers);
      return numbers.map((number) => number * 2);
    });
    expect(await Promise.all([1, 2, 3].map((number) => doubled.add(number)))).toEqual([2, 4, 6]);
    expect(await doubled.add(4)).toBe(8);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('cuts what is too much for one command, and leaves nothing out', async () => {
    const sizes: number[] = [];
    const echo = new TurnBatch(async (numbers: number[]) => {
      sizes.push(numbers.length);
      return numbers;
    });
    const numbers = Array.from({ length: 450 }, (_, index) => index);
    expect(await Promise.all(numbers.map((number) => echo.add(number)))).toEqual(numbers);
    expect(sizes).toEqual([200, 200, 50]);
  });

  it('fails those of the failing batch and nobody after them', async () => {
    let broken = true;
    const batch = new TurnBatch(async (inputs: string[]) => {
      if (broken) throw new Error('away');
      return inputs;
    });
    const failed = await Promise.allSettled([batch.add('a'), batch.add('b')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    await expect(batch.add('c')).resolves.toBe('c');
  });

  it('takes what is asked for while it works into the next batch', async () => {
    const batches: string[][] = [];
    const batch = new TurnBatch(async (inputs: string[]) => {
      batches.push(inputs);
      await new Promise(setImmediate);
      return inputs;
    });
    const first = batch.add('a');
    await new Promise(setImmediate);
    await Promise.all([first, batch.add('b'), batch.add('c')]);
    expect(batches).toEqual([['a'], ['b', 'c']]);
  });
});
