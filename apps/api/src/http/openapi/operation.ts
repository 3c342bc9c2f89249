import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { Problem, type ProblemCode, problems } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import { problemBody } from '../problems.ts';
import { ProblemBody, problemsOf } from '../schemas.ts';
import { type Answer, type Document, type Json, operationsOf } from './document.ts';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>;
type Route = Parameters<Transform>[0]['route'];

/** Where the document's maker carries what it does not know. */
const PROBLEMS = 'x-problems';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

const OF_EVERY_ROUTE = [
  'invalid_request',
  'request_timeout',
  'headers_too_large',
  'internal_error',
  'overloaded',
  'unavailable',
] as const;

/** What a route may answer, whatever it does: see client-errors.ts, json-body.ts, cross-site.ts and problems.ts. */
function common(route: Route, { signedIn, takesKeys }: Admission): ProblemCode[] {
  const codes: ProblemCode[] = [...OF_EVERY_ROUTE];
  if (signedIn || takesKeys) codes.push('unauthenticated');
  if (takesKeys) codes.push('too_many_attempts');
  else if (signedIn || route.url.startsWith('/api/v1/auth/')) codes.push('not_for_service_accounts');
  if ((signedIn || takesKeys) && !route.config?.whileEnrolling) codes.push('mfa_enrollment_required');
  if (safe.has(String(route.method))) return codes;
  codes.push('body_too_large', 'unsupported_media_type');
  if (!route.config?.crossSite) codes.push('cross_site_request');
  if (route.config?.signsIn) codes.push('cross_site_sign_in');
  return codes;
}

/** Whom the hooks of a route let in. */
export interface Admission {
  signedIn: boolean;
  takesKeys: boolean;
}

/** Read from what stands at the route itself. */
export function admissionOf(app: FastifyInstance, { onRequest }: Pick<Route, 'onRequest'>): Admission {
  const hooks = [onRequest].flat();
  return { signedIn: hooks.includes(app.signedIn), takesKeys: hooks.includes(app.signedInOrProgram) };
}

const securityOf = ({ signedIn, takesKeys }: Admission): Record<string, string[]>[] => [
  ...(signedIn || takesKeys ? [{ session: [] }] : []),
  ...(takesKeys ? [{ bearer: [] }] : []),
];

const retryAfter = { schema: { type: 'integer', minimum: 0 }, description: 'seconds until another try makes sense' };

/** `codes` by the status that they have. */
function problemsByStatus(codes: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...new Set(codes)].sort()) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}

const problemResponse = (status: number, codes: readonly ProblemCode[]): Answer => ({
  description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
  ...(status === 429 || status === 503 ? { headers: { 'Retry-After': retryAfter } } : {}),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', required: ['code'], properties: { code: { type: 'string', enum: codes } } },
        ],
      },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
});

const REQUEST_ID = '019ca95d-4a00-7000-8000-0000000000ff';

const problemExample = (code: ProblemCode) => ({
  summary: problems[code].title,
  value: JSON.parse(problemBody(new Problem(code), REQUEST_ID)),
});

/** What the document says of a route beside its schema, read from what the route does. */
export function operationOf(app: FastifyInstance): Transform {
  return ({ schema, url, route }) => {
    if (!schema || schema.hide) return { schema, url };
    const admission = admissionOf(app, route);
    const response = (schema.response ?? {}) as object;
    return {
      url,
      schema: {
        ...schema,
        security: schema.security ?? securityOf(admission),
        [PROBLEMS]: problemsByStatus([...problemsOf(response), ...common(route, admission)]),
      },
    };
  };
}

/** Puts the problems of each operation where its other answers are. */
export function withProblems(document: Document): Document {
  const responses: Record<string, Answer> = {};
  const examples: Json = {};
  for (const operation of operationsOf(document)) {
    const codesByStatus = operation[PROBLEMS] as Map<number, ProblemCode[]>;
    delete operation[PROBLEMS];
    for (const [status, codes] of codesByStatus) {
      const name = codes.join('_or_');
      responses[name] ??= problemResponse(status, codes);
      for (const code of codes) examples[code] ??= problemExample(code);
      operation.responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  const schemas = { ...document.components.schemas, Problem: ProblemBody as unknown as Json };
  return { ...document, components: { ...document.components, schemas, responses, examples } };
}
