import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { NoAnswerError, RequestNotSentError } from '@holdfast/messaging';
import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { errorCodes as fastifyErrors } from 'fastify';
import { ProblemError, problemDocument } from './problem.js';
import { problemOf } from './problem-of.js';

describe('problemOf', () => {
  it('leaves a problem as it is', () => {
    const problem = new ProblemError('SKU_TAKEN', 'There is one.');
    expect(problemOf(problem)).toBe(problem);
  });

  it.each<[string, unknown, ErrorCode]>([
    ['a large body', new fastifyErrors.FST_ERR_CTP_BODY_TOO_LARGE(), 'BODY_TOO_LARGE'],
    ['another media type', new fastifyErrors.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/plain'), 'UNSUPPORTED_MEDIA_TYPE'],
    ['a wrong length', new fastifyErrors.FST_ERR_CTP_INVALID_CONTENT_LENGTH(), 'MALFORMED_REQUEST'],
    ['a bad path', new fastifyErrors.FST_ERR_BAD_URL('/%zz'), 'MALFORMED_REQUEST'],
    ['a long path', new fastifyErrors.FST_ERR_MAX_PARAM_LENGTH('x'), 'URI_TOO_LONG'],
    ['no route', new NotFoundException('Cannot GET /x'), 'NOT_FOUND'],
    ['another 4xx', new BadRequestException('what'), 'MALFORMED_REQUEST'],
    [
      'a connection that ended within the body',
      Object.assign(new Error('aborted'), { statusCode: 400 }),
      'MALFORMED_REQUEST',
    ],
    ['a bug', new TypeError('x is not a function'), 'INTERNAL'],
    ['a thrown text', 'oops', 'INTERNAL'],
    ['a 5xx', new HttpException('disk full', 500), 'INTERNAL'],
  ])('maps %s', (_name, error, code) => expect(problemOf(error).code).toBe(code));

  it('looks into what Nest wraps', () => {
    const cause = new fastifyErrors.FST_ERR_CTP_BODY_TOO_LARGE();
    expect(problemOf(new HttpException(cause.message, 413, { cause })).code).toBe('BODY_TOO_LARGE');
  });

  it.each([
    new Error('SQLITE_FULL /data/orders.db'),
    new RequestNotSentError('BROKER_UNAVAILABLE', 'SQLITE_FULL /data/orders.db'),
    new NoAnswerError('SQLITE_FULL /data/orders.db'),
    new HttpException('SQLITE_FULL /data/orders.db', 500),
  ])('tells the caller nothing of an unexpected error, and keeps it for the log', (error) => {
    const problem = problemOf(error);
    expect(JSON.stringify(problemDocument(problem, 'id'))).not.toContain('SQLITE');
    expect(problem.cause).toBe(error);
  });
});

describe('problemDocument', () => {
  it('has a stable type, the status of the code and what is wrong where', () => {
    const faults = [{ pointer: '/quantity', detail: 'is missing' }];
    expect(problemDocument(new ProblemError('VALIDATION_FAILED', 'Not valid.', { faults }), 'r1')).toEqual({
      type: '/errors/validation-failed',
      title: 'The request is not valid',
      status: 400,
      detail: 'Not valid.',
      code: 'VALIDATION_FAILED',
      requestId: 'r1',
      errors: faults,
    });
  });

  it.each(Object.keys(errorCodes) as ErrorCode[])('makes a URI of %s', (code) => {
    expect(problemDocument(new ProblemError(code, '')).type).toMatch(/^\/errors\/[a-z]+(-[a-z]+)*$/);
  });
});
