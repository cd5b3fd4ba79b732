import { type Reply, refused, type TestWebhook } from '@holdfast/contracts';

/** Each may hold a connection and its caller for the whole deadline of an attempt. */
const MAX_UNDER_WAY = 20;

/** A quarter of them, so that one caller whose endpoints hang does not keep the others from testing. */
const MAX_OF_A_CALLER = 5;

/** The tests that are being sent, few enough that they keep nothing else from being sent. */
export class TestsUnderWay {
  /**
   * Subscriptions being tested, by caller, so that nobody can tell, or keep from it, who tests somebody else's; with the
   * idempotency keys under which they are.
   */
  private readonly byCaller = new Map<string, Map<string, string | undefined>>();
  private inAll = 0;

  /**
   * @returns OVERLOADED while the caller tests this subscription already, or tests too many, or all together do;
   *   IDEMPOTENCY_KEY_IN_USE where that test has the same key.
   */
  async during<T>(
    { caller, webhookId, idempotencyKey }: TestWebhook,
    test: () => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const callerKey = `${caller.role} ${caller.clientId}`;
    const own = this.byCaller.get(callerKey) ?? new Map<string, string | undefined>();
    if (own.has(webhookId)) {
      const isRepeat = idempotencyKey !== undefined && own.get(webhookId) === idempotencyKey;
      return refused(isRepeat ? 'IDEMPOTENCY_KEY_IN_USE' : 'OVERLOADED', 'A test of this webhook is under way.');
    }
    if (own.size >= MAX_OF_A_CALLER) return refused('OVERLOADED', 'Too many of your tests are under way.');
    if (this.inAll >= MAX_UNDER_WAY) return refused('OVERLOADED', 'Too many tests are under way.');
    this.byCaller.set(callerKey, own.set(webhookId, idempotencyKey));
    this.inAll += 1;
    try {
      return await test();
    } finally {
      this.inAll -= 1;
      own.delete(webhookId);
      if (own.size === 0) this.byCaller.delete(callerKey);
    }
  }
}
