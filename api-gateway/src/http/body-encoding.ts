import { type FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/**
 * Makes sure that a body is sent as plain UTF-8, as far as its headers say.
 *
 * @param format what the body is in, for the caller.
 * @throws ProblemError UNSUPPORTED_MEDIA_TYPE
 */
export function requireUtf8Encoding(request: FastifyRequest, format: string): void {
  const { 'content-type': contentType, 'content-encoding': encoding } = request.headers;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    // RFC 9110 section 15.5.16: the answer says what would be accepted.
    const headers = { 'accept-encoding': 'identity' };
    throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'Send the body without Content-Encoding.', { headers });
  }
  if (!isUtf8Charset(contentType ?? '')) {
    throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', `${format} is UTF-8 here; send it so, and no other charset.`);
  }
}

/** Whether a content type names UTF-8, or no charset. */
function isUtf8Charset(contentType: string): boolean {
  const charset = contentType.includes(';') ? CHARSET.exec(contentType)?.[1] : undefined;
  return charset === undefined || /^utf-?8$/i.test(charset);
}
