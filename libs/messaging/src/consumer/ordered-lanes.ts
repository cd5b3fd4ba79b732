/** Runs pieces of work with the same key one after the other, in the order in which they came; others side by side. */
export class OrderedLanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Lanes with work in them. */
  get size(): number {
    return this.tails.size;
  }

  /** @throws what `work` throws; the next piece of its lane runs all the same. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key);
    const done = before ? before.then(work, work) : work();
    this.tails.set(key, done);
    const leave = () => {
      if (this.tails.get(key) === done) this.tails.delete(key);
    };
    done.then(leave, leave);
    return done;
  }
}
