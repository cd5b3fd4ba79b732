import { newId } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { type DocumentedOperation, pathOf } from './documented-operations.js';
import { type RecordedAnswer, type RecordedCalls } from './recorded-calls.js';

export interface DocumentedCall {
  key?: string;
  /** Parameters in the path, by name. */
  at?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  /** What to send of the body in another way than the document shows it. */
  body?: object;
}

/** Calls operations by their ids, with the bodies that the OpenAPI document shows. */
export class DocumentedCalls {
  constructor(
    private readonly calls: RecordedCalls,
    private readonly operations: readonly DocumentedOperation[],
  ) {}

  /**
   * What an operation answers when it does what it is asked. One that takes an `Idempotency-Key` is asked twice with the same
   * key, and one that takes `If-None-Match` until nothing has changed since.
   *
   * @returns the first answer.
   * @throws Error when one of them is a refusal.
   */
  async succeed(id: string, call: DocumentedCall = {}): Promise<RecordedAnswer> {
    const operation = this.operations.find((one) => one.id === id);
    if (!operation) throw new Error(`${id} is not documented`);
    const headers = operation.headers.includes('Idempotency-Key') ? { 'idempotency-key': newId() } : {};
    const first = await this.send(operation, call, headers);
    if ('idempotency-key' in headers) await this.send(operation, call, headers);
    if (operation.headers.includes('If-None-Match')) await this.untilUnchanged(operation, call, first);
    return first;
  }

  private async untilUnchanged(operation: DocumentedOperation, call: DocumentedCall, first: RecordedAnswer) {
    let etag = first.headers.get('etag') ?? '';
    await waitUntil(`${operation.id} says that nothing has changed`, async () => {
      const again = await this.send(operation, call, { 'if-none-match': etag });
      etag = again.headers.get('etag') ?? '';
      return again.status === 304;
    });
  }

  private async send(operation: DocumentedOperation, call: DocumentedCall, extra: Record<string, string>) {
    const { method, sample } = operation;
    const { key, at = {}, query = '', headers = {}, body } = call;
    const content = body ? { ...operation.example, ...body } : sample?.text;
    const answer = await this.calls.call(method, `${pathOf(operation, at)}${query}`, {
      ...(key !== undefined && { key }),
      ...(content !== undefined && { body: content }),
      headers: { ...(sample && { 'content-type': sample.mediaType }), ...headers, ...extra },
    });
    if (answer.status >= 400) throw new Error(`${operation.id} was refused with ${answer.status}: ${answer.text}`);
    return answer;
  }
}
