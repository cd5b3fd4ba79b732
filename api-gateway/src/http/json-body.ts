import { isUtf8 } from 'node:buffer';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { requireUtf8Encoding } from './body-encoding.js';
import { findJsonFault } from './json-fault.js';
import { isBodyOptional } from './optional-body.js';
import { ProblemError } from './problem.js';
import { invalid } from './validate.js';

/**
 * Makes the server read `application/json` and nothing else. A body that is not JSON, not UTF-8, compressed, or that has
 * a key twice is refused before any handler sees it.
 */
export function readJsonBodies(server: FastifyInstance): void {
  // "error" refuses what would reach an object's prototype.
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0 && isBodyOptional(request.routeOptions.config)) {
      done(null);
      return;
    }
    try {
      requirePlainUtf8(request, body);
    } catch (error) {
      done(error as Error);
      return;
    }
    const text = body.toString('utf8');
    parse(request, text, (error, value) => {
      if (error) done(refusalOf(text));
      else done(mayRepeatKeys(text, value) ? repeatedKeyIn(text) : null, value);
    });
  });
}

function requirePlainUtf8(request: FastifyRequest, body: Buffer): void {
  requireUtf8Encoding(request, 'JSON');
  if (body.length === 0) throw new ProblemError('MALFORMED_JSON', 'The body is empty; a JSON object is needed.');
  if (!isUtf8(body)) throw new ProblemError('MALFORMED_JSON', 'The body is not UTF-8.');
}

function refusalOf(text: string): ProblemError {
  const fault = findJsonFault(text);
  if (fault?.kind === 'key') return invalid('body', [{ pointer: fault.pointer, detail: fault.detail }]);
  const where = fault ? ` At line ${fault.line}, column ${fault.column}: ${fault.detail}.` : '';
  return new ProblemError('MALFORMED_JSON', `The body is not JSON.${where}`);
}

function repeatedKeyIn(text: string): ProblemError | null {
  const fault = findJsonFault(text);
  return fault?.kind === 'key' ? invalid('body', [{ pointer: fault.pointer, detail: fault.detail }]) : null;
}

/**
 * Whether a text may have had a key twice, of which JSON.parse keeps one: it has more colons than its value has keys.
 * Colons within strings count too, so this only says whom to look at; for an order of one line it costs 0.1 µs, and a
 * scan eight times that.
 */
function mayRepeatKeys(text: string, value: unknown): boolean {
  let colons = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) colons += 1;
  return colons > 0 && colons !== countKeys(value);
}

function countKeys(value: unknown): number {
  let keys = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const current = open.pop();
    if (typeof current !== 'object' || current === null) continue;
    const members = Object.values(current);
    if (!Array.isArray(current)) keys += members.length;
    for (const member of members) if (typeof member === 'object') open.push(member);
  }
  return keys;
}
