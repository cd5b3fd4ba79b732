interface Waiting<In, Out> {
  input: In;
  resolve: (output: Out) => void;
  reject: (error: unknown) => void;
}

// Bounds one command to Redis, whose scripts hold everybody up while they run.
const MAX_BATCH = 200;

/** Gathers the calls of one turn of the event loop and does them together. `work` answers in the order it was given. */
export class TurnBatch<In, Out> {
  private waiting: Waiting<In, Out>[] = [];

  constructor(private readonly work: (inputs: In[]) => Promise<Out[]>) {}

  add(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      this.waiting.push({ input, resolve, reject });
    });
  }

  private flush(): void {
    const gathered = this.waiting;
    this.waiting = [];
    for (let at = 0; at < gathered.length; at += MAX_BATCH) void this.doTogether(gathered.slice(at, at + MAX_BATCH));
  }

  private async doTogether(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const outputs = await this.work(batch.map(({ input }) => input));
      for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as Out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
