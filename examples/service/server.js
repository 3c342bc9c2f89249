import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const { SALLYPORT_URL = 'http://localhost:3000', PORT = '4000' } = process.env;
// #region verify
const name = SALLYPORT_URL.startsWith('https:') ? '__Host-sallyport_access' : 'sallyport_access';
const expected = {
  issuer: SALLYPORT_URL,
  audience: 'sallyport',
  algorithms: ['EdDSA'],
  typ: 'at+jwt',
  requiredClaims: ['sub', 'sid', 'org', 'aal', 'exp'],
};
// Kept, and read again for a key that is not among them.
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', SALLYPORT_URL));
// #endregion verify

const app = Fastify({ logger: { level: 'warn' } });
await app.register(cookie);
app.decorateRequest('claims', null);

const refuse = (reply, status, code, title) =>
  reply.code(status).type('application/problem+json').send({ status, code, title });

// #region ask
/** Who it is, by the token alone: no call to anybody, and up to five minutes after a session was ended. */
async function signedIn(request, reply) {
  try {
    const { payload } = await jwtVerify(request.cookies[name] ?? '', keys, expected);
    request.claims = payload;
  } catch (error) {
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    return refuse(reply, 401, 'unauthenticated', 'Sign in first.');
  }
}

/** For what matters: whether the session is there at this moment, by the service that knows. */
async function stillSignedIn(request, reply) {
  const me = await fetch(new URL('/api/v1/me', SALLYPORT_URL), {
    headers: { cookie: `${name}=${request.cookies[name]}` },
  });
  if (me.status === 401) return refuse(reply, 401, 'unauthenticated', 'The session was ended.');
  if (!me.ok) return refuse(reply, 503, 'unavailable', 'Whether the session was ended is not known.');
}
// #endregion ask

app.get('/reports', { onRequest: signedIn }, async ({ claims }) => ({
  user: claims.sub,
  organization: claims.org,
  assuranceLevel: claims.aal,
}));

app.delete('/reports', { onRequest: [signedIn, stillSignedIn] }, async (_request, reply) => reply.code(204).send());

const address = await app.listen({ port: Number(PORT), host: '127.0.0.1' });
console.log(`Listening at ${address}`);
