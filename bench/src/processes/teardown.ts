type Stop = () => Promise<void> | void;

/** What was started, to be stopped in reverse: at the end of a step, on failure and on Ctrl-C. */
export class Teardown {
  readonly #stops: { name: string; stop: Stop }[] = [];
  #stopping: Promise<void> = Promise.resolve();

  defer(name: string, stop: Stop): void {
    this.#stops.push({ name, stop });
  }

  /** Runs `step` and stops what it started, whether it succeeds or not. */
  async around<T>(step: () => Promise<T>): Promise<T> {
    const depth = this.#stops.length;
    try {
      return await step();
    } finally {
      await this.unwind(depth);
    }
  }

  /** Stops the newest until `depth` are left. A stop that fails is reported and keeps none of the others running. */
  async unwind(depth = 0): Promise<void> {
    while (this.#stops.length > depth) {
      const { name, stop } = this.#stops.pop() ?? { name: '', stop: () => undefined };
      this.#stopping = this.#stopping.then(stop).catch((error: unknown) => {
        process.stderr.write(`Cannot stop ${name}: ${error}\n`);
      });
      await this.#stopping;
    }
    await this.#stopping;
  }
}
