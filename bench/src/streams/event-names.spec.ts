import { EventNames } from './event-names.js';

describe('the names of events', () => {
  it('are found wherever the chunks are cut', () => {
    const stream =
      'retry: 3000\n\nid: 1\nevent: order.created\ndata: {"event":"x"}\n\n:\n\nid: 2\nevent: order.confirmed\n';
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const names = new EventNames();
      names.feed(stream.slice(0, cut));
      names.feed(stream.slice(cut));
      expect([names.has('order.created'), names.has('order.confirmed'), names.has('x')]).toEqual([true, true, false]);
    }
  });

  it('do not count before their line has ended', () => {
    const names = new EventNames();
    names.feed('event: order.c');
    expect(names.has('order.c')).toBe(false);
  });
});
