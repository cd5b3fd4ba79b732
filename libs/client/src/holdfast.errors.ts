import { type Problem } from './schema.js';

/** Enough of an answer that is no problem document, a proxy's page for example, to recognise it. */
const EXCERPT_LENGTH = 200;

/** The API has answered, and it is a refusal or a failure: its problem document (RFC 9457). */
export class HoldfastProblem extends Error {
  override readonly name = 'HoldfastProblem';
  /** Stable, for programs; undefined where somebody else has answered in the API's place. */
  readonly code: Problem['code'] | undefined;
  /** For people. */
  readonly detail: string;
  /** Everything that is wrong with the request, and where. */
  readonly errors: NonNullable<Problem['errors']>;
  /** What the log of the gateway calls the request. */
  readonly requestId: string | undefined;

  /**
   * @param call method and path, such as `POST /orders`.
   * @param answer what `response` has as its body: parsed JSON, or text.
   */
  constructor(
    call: string,
    readonly response: Response,
    answer: unknown,
  ) {
    const problem = isProblem(answer) ? answer : undefined;
    const detail = problem?.detail ?? excerptOf(answer);
    const parts = [response.status, problem?.code, detail].filter((part) => part !== undefined && part !== '');
    super(`${call}: ${parts.join(' ')}`);
    this.code = problem?.code;
    this.detail = detail;
    this.errors = problem?.errors ?? [];
    this.requestId = problem?.requestId;
  }

  /** The status of the answer. */
  get status(): number {
    return this.response.status;
  }
}

/** No answer came, however often it was tried: what became of a request that changes something is not known. */
export class HoldfastUnreachable extends Error {
  override readonly name = 'HoldfastUnreachable';

  /** @param cause why the last attempt of `attempts` failed; a DOMException named TimeoutError where it took too long. */
  constructor(
    readonly attempts: number,
    request: Request,
    cause: unknown,
  ) {
    const { origin, pathname } = new URL(request.url);
    super(
      `${request.method} ${pathname}: no answer from ${origin} at ${attempts} attempt${attempts === 1 ? '' : 's'}`,
      {
        cause,
      },
    );
  }
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer;
}

function excerptOf(answer: unknown): string {
  if (answer === undefined) return '';
  return (typeof answer === 'string' ? answer : JSON.stringify(answer)).slice(0, EXCERPT_LENGTH);
}
