import { type OpenApiConformance } from './openapi-conformance.js';

/** An answer, and what it answers. */
export interface RecordedAnswer {
  /** `POST /orders` with the path as it was sent. */
  name: string;
  status: number;
  headers: Headers;
  text: string;
}

export interface Call {
  key?: string;
  headers?: Record<string, string>;
  /** A text goes out as it is. */
  body?: object | string;
}

/**
 * Calls a gateway, holds every answer against the API's own description, and keeps it, for what has to be true of all of
 * them.
 */
export class RecordedCalls {
  readonly answers: RecordedAnswer[] = [];

  constructor(
    private readonly gatewayUrl: string,
    private readonly conformance: OpenApiConformance,
  ) {}

  /** Rejects with OpenApiMismatchError when the answer is not as it is described. */
  async call(method: string, path: string, { key, headers = {}, body }: Call = {}): Promise<RecordedAnswer> {
    const response = await fetch(`${this.gatewayUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = {
      name: `${method} ${path.slice(0, 100)}`,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
    this.answers.push(answer);
    this.conformance.check({ method, path, ...answer, body: contentOf(answer) });
    return answer;
  }
}

/** The members of a problem document that say what went wrong, or of any other JSON. */
export const bodyOf = <Body>({ text }: RecordedAnswer): Body => JSON.parse(text) as Body;

/** What is in a body: parsed where it is JSON, undefined where there is none. */
export function contentOf({ headers, text }: Pick<RecordedAnswer, 'headers' | 'text'>): unknown {
  if (text === '') return undefined;
  return /^application\/(.+\+)?json\b/.test(headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}
