/** Why a function does not answer 2xx. The status tells the publisher whether it is worth another attempt. */
const problems = {
  MALFORMED_BODY: { status: 400, title: 'The body did not arrive whole' },
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  VALIDATION_FAILED: { status: 400, title: 'The body is not a callback' },
  SIGNATURE_INVALID: { status: 401, title: 'The signature does not hold' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Only POST is answered' },
  DELIVERY_IN_PROGRESS: { status: 409, title: 'Another delivery of this event is being worked on' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  RATE_LIMITED: { status: 429, title: 'Telegram asks for a pause' },
  INTERNAL: { status: 500, title: 'Something failed on our side' },
  MISCONFIGURED: { status: 500, title: 'The function lacks configuration; its log says what to set' },
  STORE_UNAVAILABLE: { status: 503, title: 'What the function keeps its records in does not answer' },
  TELEGRAM_UNAVAILABLE: { status: 503, title: 'Telegram cannot be reached' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** An answer with an RFC 9457 problem document; `detail` says what is wrong with this request. */
export function problem(code: ProblemCode, detail?: string, headers: Record<string, string> = {}): Response {
  const { status, title } = problems[code];
  const document = { type: 'about:blank', title, status, ...(detail !== undefined && { detail }), code };
  return json(document, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/** An answer 200 that says what became of the event. */
export const done = (outcome: Record<string, unknown>): Response =>
  json(outcome, { headers: { 'content-type': 'application/json' } });

const json = (body: unknown, init: ResponseInit): Response => new Response(JSON.stringify(body), init);
