import { Problem, type ProblemCode, problems } from '@sallyport/core';
import type { ErrorObject } from 'ajv';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isDatabaseUnavailable } from '../platform/database/database.ts';

/** What Fastify itself refuses, in our words. */
const frameworkProblems: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
};

/** RFC 6901 pointer of a fault, into the body or, after `#`, into another part of the request. */
function pointerOf(fault: ErrorObject, part: string | undefined): string {
  const inside =
    fault.keyword === 'required'
      ? `${fault.instancePath}/${fault.params.missingProperty}`
      : fault.keyword === 'additionalProperties'
        ? `${fault.instancePath}/${fault.params.additionalProperty}`
        : fault.instancePath;
  return part === undefined || part === 'body' ? inside : `#/${part === 'querystring' ? 'query' : part}${inside}`;
}

function messageOf(fault: ErrorObject): string {
  if (fault.keyword === 'required') return 'is missing';
  if (fault.keyword === 'additionalProperties') return 'is not known here';
  if (fault.keyword === 'enum') return `must be one of ${(fault.params.allowedValues as unknown[]).join(', ')}`;
  return fault.message ?? 'is not valid';
}

function asProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) {
    const faults = error.validation as unknown as ErrorObject[];
    return new Problem('invalid_request', {
      errors: faults.map((fault) => ({
        pointer: pointerOf(fault, error.validationContext),
        message: messageOf(fault),
      })),
    });
  }
  const code = frameworkProblems[error.code];
  if (code) return new Problem(code);
  if (isDatabaseUnavailable(error)) return new Problem('unavailable', { retryAfterSeconds: 2, cause: error });
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return new Problem('invalid_request');
  return new Problem('internal_error', { cause: error });
}

/** Sends `problem` as RFC 9457 asks for. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(problem.retryAfterSeconds));
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `/api/v1/problems/${problem.code}`,
        title: problem.title,
        status: problem.status,
        code: problem.code,
        detail: problem.detail,
        errors: problem.errors,
        requestId: request.id,
      }),
    );
}

/** The one place where errors become answers. */
export const problemHandlers = fp(async (app: FastifyInstance) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error);
    if (problem.status >= 500) request.log.error({ err: problem.cause ?? problem }, problem.title);
    return sendProblem(request, reply, problem);
  });
});

/** Codes for the OpenAPI document. */
export const problemCodes = Object.keys(problems) as ProblemCode[];
