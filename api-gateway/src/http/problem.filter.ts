import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { FaultLog } from './fault-log.js';
import { PROBLEM_MEDIA_TYPE, type ProblemError, problemDocument } from './problem.js';
import { problemOf } from './problem-of.js';

export function sendProblem(reply: FastifyReply, problem: ProblemError, requestId: string): void {
  if (problem.extras.headers) reply.headers(problem.extras.headers);
  reply
    .code(problem.status)
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemDocument(problem, requestId)));
}

/** Answers whatever a route, a hook or Fastify itself throws with a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly faults: FaultLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent || reply.raw.headersSent) return;
    const report = ownBodyOf(error);
    if (report) {
      reply.code(report.status).send(report.body);
      return;
    }
    const problem = problemOf(error);
    if (problem.status >= 500) this.faults.record(problem.code, request.id, problem.cause ?? problem);
    sendProblem(reply, problem, request.id);
  }
}

/** The body of an exception that carries an answer of its own, as the health report does, and none that Nest made up. */
function ownBodyOf(error: unknown): { status: number; body: object } | undefined {
  if (!(error instanceof HttpException)) return undefined;
  const body = error.getResponse();
  return typeof body === 'object' && !('statusCode' in body) ? { status: error.getStatus(), body } : undefined;
}
