import fc from 'fast-check';
import { AckWindow } from './ack-window.js';

interface Ack {
  tag: number;
  allUpTo: boolean;
}

/** A channel as the broker sees it: it knows what is outstanding, and closes when a tag is acked that is not. */
class Channel {
  readonly acks: Ack[] = [];
  readonly outstanding = new Set<number>();

  ack(tag: number, allUpTo: boolean): void {
    if (!this.outstanding.has(tag)) throw new Error(`PRECONDITION_FAILED - unknown delivery tag ${tag}`);
    this.acks.push({ tag, allUpTo });
    for (const other of [...this.outstanding])
      if (other === tag || (allUpTo && other < tag)) this.outstanding.delete(other);
  }
}

function windowWith(deliveries: number) {
  const channel = new Channel();
  const window = new AckWindow(channel);
  for (let tag = 1; tag <= deliveries; tag += 1) {
    channel.outstanding.add(tag);
    window.delivered(tag);
  }
  return { channel, window };
}

describe('the ack window', () => {
  it('acks a run of the oldest with one frame', () => {
    const { channel, window } = windowWith(5);
    for (const tag of [3, 1, 2]) window.settle(tag);
    window.flush();
    expect(channel.acks).toEqual([{ tag: 3, allUpTo: true }]);
    expect(window.size).toBe(2);
  });

  it('acks by itself what is done before something older', () => {
    const { channel, window } = windowWith(3);
    window.settle(2);
    window.flush();
    expect(channel.acks).toEqual([{ tag: 2, allUpTo: false }]);
    expect([...channel.outstanding]).toEqual([1, 3]);
    window.settle(1);
    window.flush();
    expect(channel.acks.slice(1)).toEqual([{ tag: 1, allUpTo: false }]);
  });

  it('has nothing to say when nothing is done', () => {
    const { channel, window } = windowWith(2);
    window.flush();
    window.flush();
    expect(channel.acks).toEqual([]);
  });

  it('goes on after thousands of messages', () => {
    const { channel, window } = windowWith(0);
    for (let tag = 1; tag <= 5_000; tag += 1) {
      channel.outstanding.add(tag);
      window.delivered(tag);
      window.settle(tag);
      if (tag % 7 === 0) window.flush();
    }
    window.flush();
    expect(channel.outstanding.size).toBe(0);
    expect(window.size).toBe(0);
  });

  it('acks every settled tag exactly once and no other, in whatever order work ends', () => {
    // A step settles the nth of what is open, delivers so many more, or flushes.
    const step = fc.oneof(
      fc.record({ settle: fc.nat(40) }),
      fc.record({ deliver: fc.integer({ min: 1, max: 8 }) }),
      fc.constant({ flush: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const { channel, window } = windowWith(0);
        const open: number[] = [];
        const settled = new Set<number>();
        let next = 1;
        const flushAndCheck = () => {
          window.flush();
          // The channel throws at a tag acked twice; a tag of "multiple" that is not settled would be missing here.
          expect([...channel.outstanding]).toEqual(open);
          expect(window.size).toBe(open.length);
        };
        for (const action of steps) {
          if ('deliver' in action) {
            for (let count = 0; count < action.deliver; count += 1, next += 1) {
              channel.outstanding.add(next);
              window.delivered(next);
              open.push(next);
            }
          } else if ('settle' in action) {
            const [tag] = open.splice(action.settle % Math.max(open.length, 1), 1);
            if (tag !== undefined) {
              window.settle(tag);
              settled.add(tag);
            }
          } else {
            flushAndCheck();
          }
        }
        flushAndCheck();
        expect(settled.size + open.length).toBe(next - 1);
      }),
      { numRuns: 500 },
    );
  });
});
