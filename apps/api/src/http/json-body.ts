import { Problem } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Deeper than any body of ours; more is an attack on recursive code. */
const MAX_DEPTH = 16;

// NUL is not storable in PostgreSQL text; a lone surrogate is no Unicode text at all (RFC 8259 section 8.2).
const unstorable = /\0|\p{Surrogate}/u;

function refuse(pointer: string, message: string): never {
  throw new Problem('invalid_request', { errors: [{ pointer, message }] });
}

/**
 * Refuses what no schema looks at: text that cannot be stored, nesting without end.
 *
 * @throws Problem `invalid_request` with the pointer of the first fault
 */
function assertSound(value: unknown, pointer = '', depth = 0): void {
  if (typeof value === 'string') {
    if (unstorable.test(value)) refuse(pointer, 'holds characters that are not text');
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= MAX_DEPTH) refuse(pointer, 'is nested too deeply');
    for (const [key, item] of Object.entries(value)) {
      if (unstorable.test(key)) refuse(pointer, 'has a name that is not text');
      assertSound(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    }
  }
}

/** Bodies are JSON, of sound text, without prototype keys; every other media type gets 415 (SEC-50). */
export const jsonBody = fp(async (app: FastifyInstance) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients that always name the media type send it with an empty body too.
    if (body.length === 0) return done(null, undefined);
    return parse(request, body as string, (error, value) => {
      if (error)
        return done(new Problem('invalid_request', { detail: 'The body is not well-formed JSON.', cause: error }));
      try {
        assertSound(value);
        return done(null, value);
      } catch (fault) {
        return done(fault as Error);
      }
    });
  });
  app.addHook('preValidation', async (request) => {
    assertSound(request.query, '#/query');
    assertSound(request.params, '#/params');
  });
});
