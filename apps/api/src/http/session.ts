import jwt, { type TokenOrHeader } from '@fastify/jwt';
import {
  ACCESS_TOKEN_SECONDS,
  type Access,
  type Caller,
  type IssuedSession,
  isServiceAccount,
  type Origin,
  type Principal,
  Problem,
  type Role,
  SERVICE_ACCOUNT_KEY_PREFIX,
  type ServiceAccount,
} from '@sallyport/core';
import { createSigner } from 'fast-jwt';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import type { SigningKeys } from '../platform/crypto/signing-keys.ts';
import type { Clock } from '../platform/time/clock.ts';
import { Cookies } from './cookies.ts';

/** What the access token says (RFC 9068). The session row is the truth; the token only names it. */
interface AccessClaims {
  sub: string;
  sid: string;
  org: string;
  aal: 1 | 2;
  aud: typeof AUDIENCE;
  iat: number;
  exp: number;
}

/** What a token says that a principal asked for, to show to another service. */
interface ExchangedClaims {
  sub: string;
  org: string;
  kind: 'user' | 'service_account';
  role: Role;
  access: Access;
  aud: string;
  iat: number;
  exp: number;
}

const AUDIENCE = 'sallyport';
const TOKEN_TYPE = 'at+jwt';
/**
 * Tokens that are not verified again, as long as they are among the last so many. A key that signed one is accepted for
 * longer than the token lives, whatever takes its place.
 */
const VERIFIED_TOKENS = 1000;

/** Signs with the key of the moment, prepared once: `@fastify/jwt` would prepare it for every token, which costs more than signing. */
class Signing {
  private prepared: { kid: string; sign: (claims: AccessClaims | ExchangedClaims) => string } | undefined;

  constructor(
    private readonly keys: SigningKeys,
    private readonly issuer: string,
  ) {}

  sign(claims: AccessClaims | ExchangedClaims): string {
    const { kid, privateKey } = this.keys.current();
    if (this.prepared?.kid !== kid) {
      const header = { alg: 'EdDSA', typ: TOKEN_TYPE };
      const options = { algorithm: 'EdDSA', key: privateKey, kid, iss: this.issuer, header } as const;
      this.prepared = { kid, sign: createSigner(options) };
    }
    return this.prepared.sign(claims);
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers in a session, too, whose user has to set up a second factor first. */
    whileEnrolling?: boolean;
  }
  interface FastifyRequest {
    /**
     * The signed-in user. Throws Problem `unauthenticated` on a route that does not demand `signedIn`, and
     * `not_for_service_accounts` for a program.
     */
    readonly caller: Caller;
    /** The signed-in user or the program. Throws Problem `unauthenticated` on a route that demands neither. */
    readonly principal: Principal;
    readonly from: Origin;
  }
  interface FastifyInstance {
    cookies: Cookies;
    /** Hook for routes that need a session. A program is refused, whatever its key is worth. */
    signedIn(request: FastifyRequest): Promise<void>;
    /** Hook for the routes that programs may call too, with the key of a service account in place of a session. */
    signedInOrProgram(request: FastifyRequest): Promise<void>;
    issueSession(reply: FastifyReply, session: IssuedSession): void;
    /**
     * A token that tells one other service who the principal is, and opens nothing here.
     *
     * @param audience an absolute URI
     */
    tokenFor(principal: Principal, audience: string): string;
  }
}

interface SessionOptions {
  publicUrl: URL;
  clock: Clock;
  signingKeys: SigningKeys;
  /** The caller whose session `sessionId` is, when it is live at this moment. */
  authenticate(sessionId: string, origin: Origin): Promise<Caller | null>;
  /** The service account whose key this is. Throws the Problem that is the answer where there is none. */
  authenticateKey(key: string, origin: Origin): Promise<ServiceAccount>;
}

const principals = new WeakMap<FastifyRequest, Principal>();

const AUTH_ROUTES = '/api/v1/auth/';

/**
 * The key of a service account (RFC 6750 section 2.1). Null for every other Authorization, which is somebody else's: of a
 * gateway before this service, for example.
 */
function keyOf({ headers }: FastifyRequest): string | null {
  const token = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  return token?.startsWith(SERVICE_ACCOUNT_KEY_PREFIX) ? token : null;
}

function refuseKey(request: FastifyRequest): void {
  if (keyOf(request) === null) return;
  throw new Problem('not_for_service_accounts', { detail: 'The key of a service account does not open this.' });
}

const enrollmentRequired = ({ mfaPolicy }: Caller): Problem =>
  new Problem('mfa_enrollment_required', {
    detail: `${mfaPolicy.askedBy ?? 'Your organization'} requires a second factor. Set one up, and everything opens.`,
    next: { action: 'enroll' },
  });

/** Access tokens (SEC-20), the cookies that carry them, and who is behind a request. */
export const session = fp(async (app: FastifyInstance, options: SessionOptions) => {
  const { clock, signingKeys } = options;
  const cookies = new Cookies(options.publicUrl);
  const issuer = options.publicUrl.origin;

  await app.register(jwt, {
    secret: {
      public: async (_request: FastifyRequest, token: TokenOrHeader) => {
        const { header } = token as { header: { kid?: string } };
        const key = header.kid === undefined ? null : await signingKeys.find(header.kid);
        if (!key) throw new Problem('unauthenticated');
        return key.publicKey;
      },
    },
    decode: { complete: true },
    cookie: { cookieName: cookies.accessName, signed: false },
    // Expiry is judged by our clock, below.
    verify: {
      algorithms: ['EdDSA'],
      allowedIss: issuer,
      allowedAud: AUDIENCE,
      checkTyp: TOKEN_TYPE,
      requiredClaims: ['sub', 'sid', 'exp'],
      ignoreExpiration: true,
      onlyCookie: true,
    },
  });
  const signing = new Signing(signingKeys, issuer);

  app.decorate('cookies', cookies);
  app.decorateRequest('from', {
    getter(this: FastifyRequest): Origin {
      return {
        address: this.ip,
        userAgent: (this.headers['user-agent'] ?? '').slice(0, 512),
        requestId: this.id,
      };
    },
  });
  app.decorateRequest('caller', {
    getter(this: FastifyRequest): Caller {
      const { principal } = this;
      if (isServiceAccount(principal)) throw new Problem('not_for_service_accounts');
      return principal;
    },
  });
  app.decorateRequest('principal', {
    getter(this: FastifyRequest): Principal {
      const principal = principals.get(this);
      if (!principal) throw new Problem('unauthenticated');
      return principal;
    },
  });

  // These have no hook in common: they are where sessions begin.
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.url?.startsWith(AUTH_ROUTES)) refuseKey(request);
    done();
  });

  const verified = new LRUCache<string, AccessClaims>({ max: VERIFIED_TOKENS });
  const verify = async (request: FastifyRequest): Promise<AccessClaims> => {
    const claims = await request.jwtVerify<AccessClaims>().catch((cause: unknown) => {
      throw new Problem('unauthenticated', { cause });
    });
    verified.set(request.cookies[cookies.accessName] ?? '', claims);
    return claims;
  };
  const readSession = async (request: FastifyRequest): Promise<Caller> => {
    const claims = verified.get(request.cookies[cookies.accessName] ?? '') ?? (await verify(request));
    if (claims.exp * 1000 <= clock.now().getTime()) throw new Problem('unauthenticated');
    const caller = await options.authenticate(claims.sid, request.from);
    if (!caller || caller.userId !== claims.sub) throw new Problem('unauthenticated');
    if (caller.mustEnroll && !request.routeOptions.config.whileEnrolling) throw enrollmentRequired(caller);
    return caller;
  };

  app.decorate('signedIn', async (request: FastifyRequest) => {
    refuseKey(request);
    principals.set(request, await readSession(request));
  });

  // A key is sent on purpose, and cookies by themselves: where both come, the key alone counts.
  app.decorate('signedInOrProgram', async (request: FastifyRequest) => {
    const key = keyOf(request);
    principals.set(
      request,
      key === null ? await readSession(request) : await options.authenticateKey(key, request.from),
    );
  });

  app.decorate('tokenFor', (principal: Principal, audience: string) => {
    const iat = Math.floor(clock.now().getTime() / 1000);
    const { organization, role, access } = principal;
    const isProgram = isServiceAccount(principal);
    return signing.sign({
      sub: isProgram ? principal.serviceAccountId : principal.userId,
      org: organization.id,
      kind: isProgram ? 'service_account' : 'user',
      role,
      access,
      aud: audience,
      iat,
      exp: iat + ACCESS_TOKEN_SECONDS,
    });
  });

  app.decorate('issueSession', (reply: FastifyReply, issued: IssuedSession) => {
    const iat = Math.floor(clock.now().getTime() / 1000);
    const access = signing.sign({
      sub: issued.userId,
      sid: issued.id,
      org: issued.organizationId,
      aal: issued.aal,
      aud: AUDIENCE,
      iat,
      exp: iat + ACCESS_TOKEN_SECONDS,
    });
    // A time span, for the clock of the browser may be another than ours.
    const refreshSeconds = Math.max(1, Math.ceil(issued.expiresAt.getTime() / 1000) - iat);
    cookies.setSession(reply, { access, refresh: issued.refreshToken, refreshSeconds });
  });
});
