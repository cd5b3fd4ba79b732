import { slotsFrom } from './rate.js';

describe('the slots of a rate', () => {
  it('begin now when none is taken', () => {
    expect(slotsFrom(0, 10, 5_000, 3)).toEqual([5_000, 5_100, 5_200]);
  });

  it('begin behind those that are taken', () => {
    expect(slotsFrom(5_300, 10, 5_000, 3)).toEqual([5_300, 5_400, 5_500]);
  });

  it('reach one second ahead and no further', () => {
    expect(slotsFrom(0, 3, 5_000, 100)).toEqual([5_000, 5_334, 5_667]);
    expect(slotsFrom(6_000, 3, 5_000, 100)).toEqual([]);
  });

  it('begin anew when the clock was set back', () => {
    expect(slotsFrom(3_605_000, 10, 5_000, 2)).toEqual([5_000, 5_100]);
  });

  it('are as many as are asked for at most', () => {
    expect(slotsFrom(0, 1_000, 5_000, 2)).toHaveLength(2);
  });
});
