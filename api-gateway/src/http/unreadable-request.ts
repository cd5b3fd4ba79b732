import { type ServerResponse, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { hasOwnDeadline } from './own-deadline.js';
import { PROBLEM_MEDIA_TYPE, ProblemError, problemDocument } from './problem.js';

const PROBLEMS: Record<string, { code: ErrorCode; detail: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT', detail: 'The request did not arrive in time.' },
  HPE_HEADER_OVERFLOW: {
    code: 'HEADERS_TOO_LARGE',
    detail: 'The path, the query and the headers may have 16 kB together.',
  },
};

const NOT_HTTP = { code: 'MALFORMED_REQUEST', detail: 'This is not an HTTP/1.1 request.' } as const;

/** Answers bytes that Node could not read as a request, or that came too slowly, and closes the connection. */
export function answerUnreadableRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && hasOwnDeadline(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const { code, detail } = PROBLEMS[error.code ?? ''] ?? NOT_HTTP;
  const { status } = errorCodes[code];
  const body = JSON.stringify(problemDocument(new ProblemError(code, detail)));
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/**
 * Whether a whole request is being worked on on this connection. What is written now would be taken for the answer to it:
 * an order that is being placed would look refused.
 */
function isAnswering(socket: Socket): boolean {
  const response = '_httpMessage' in socket ? (socket._httpMessage as ServerResponse | null) : null;
  return response ? response.headersSent || response.req.complete : false;
}
