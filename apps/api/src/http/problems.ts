import { type Fault, Problem, type ProblemCode, problems } from '@sallyport/core';
import type { ErrorObject } from 'ajv';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isDatabaseUnavailable } from '../platform/database/database.ts';
import { faultsOf } from '../platform/validation.ts';

/** What Fastify itself refuses, in our words. */
const frameworkProblems: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
};

/** A person mends a few faults at a time; and a request must not make an answer larger than itself (SEC-56). */
const MOST_FAULTS = 20;
const FAULTS_BYTES = 3000;
/** Of a pointer, whose names come from outside, and of a message, in code points. */
const LONGEST_TEXT = 200;

/** The body is pointed into as it is; another part of the request is named after `#`. */
const prefixOf = (part: string | undefined): string =>
  part === undefined || part === 'body' ? '' : `#/${part === 'querystring' ? 'query' : part}`;

function asProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) {
    const faults = error.validation as unknown as ErrorObject[];
    return new Problem('invalid_request', {
      errors: faultsOf(faults, { prefix: prefixOf(error.validationContext), limit: MOST_FAULTS }),
    });
  }
  const code = frameworkProblems[error.code];
  if (code) return new Problem(code);
  if (isDatabaseUnavailable(error)) return new Problem('unavailable', { retryAfterSeconds: 2, cause: error });
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return new Problem('invalid_request');
  return new Problem('internal_error', { cause: error });
}

/** The first code points of `text`. */
const clip = (text: string): string => [...text.slice(0, 2 * LONGEST_TEXT)].slice(0, LONGEST_TEXT).join('');

/** As many of the faults as an answer may hold; one always fits. */
function fitting(errors: readonly Fault[] | undefined): Fault[] | undefined {
  let left = FAULTS_BYTES;
  return errors
    ?.slice(0, MOST_FAULTS)
    .map(({ pointer, message }) => ({ pointer: clip(pointer), message: clip(message) }))
    .filter((fault) => {
      left -= Buffer.byteLength(JSON.stringify(fault)) + 1;
      return left >= 0;
    });
}

/** The text of `problem` as RFC 9457 asks for. */
export const problemBody = (problem: Problem, requestId: string): string =>
  JSON.stringify({
    type: `/api/v1/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    errors: fitting(problem.errors),
    next: problem.next,
    reason: problem.reason,
    clockSkewSeconds: problem.clockSkewSeconds,
    requestId,
  });

/** Sends `problem` with the headers that it asks for. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(problem.retryAfterSeconds));
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(problemBody(problem, request.id));
}

/** A 503 is load or an outage, told in one line; what else is ours to mend comes with its stack. */
function logProblem({ log }: FastifyRequest, problem: Problem): void {
  const { status, code, title, cause } = problem;
  if (status === 503) log.warn({ code, cause: cause instanceof Error ? cause.message : undefined }, title);
  else if (status >= 500) log.error({ err: cause ?? problem }, title);
}

/** The one place where errors become answers. */
export const problemHandlers = fp(async (app: FastifyInstance) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error);
    logProblem(request, problem);
    return sendProblem(request, reply, problem);
  });
});

/** Codes for the OpenAPI document. */
export const problemCodes = Object.keys(problems) as ProblemCode[];
