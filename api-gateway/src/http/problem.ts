import { type ErrorCode, errorCodes } from '@holdfast/contracts';

/** One thing that is wrong, and where: a JSON pointer into the body (RFC 6901), a header or a query parameter. */
export interface Fault {
  pointer?: string;
  header?: string;
  query?: string;
  detail: string;
}

/** An answer to the caller that is an error. Whoever throws it says what the caller may read. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ErrorCode,
    /** A sentence for the caller. */
    detail: string,
    readonly extras: {
      faults?: readonly Fault[];
      headers?: Readonly<Record<string, string>>;
      /** Further members of the problem document (RFC 9457 section 3.2). */
      members?: Readonly<Record<string, unknown>>;
    } = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

/** `application/problem+json` (RFC 9457). `code` and `type` are stable and for programs; `detail` is for people. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  requestId?: string;
  errors?: readonly Fault[];
  [member: string]: unknown;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** @param requestId the request's id, also in the logs; there is none for what could not be read as a request. */
export function problemDocument(problem: ProblemError, requestId?: string): ProblemDocument {
  const { status, title } = errorCodes[problem.code];
  const { faults, members } = problem.extras;
  return {
    type: `/errors/${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: problem.message,
    code: problem.code,
    ...(requestId !== undefined && { requestId }),
    ...(faults && faults.length > 0 && { errors: faults }),
    ...members,
  };
}
