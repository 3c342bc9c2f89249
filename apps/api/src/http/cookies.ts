import type { CookieSerializeOptions } from '@fastify/cookie';
import { ACCESS_TOKEN_SECONDS, CHALLENGE_SECONDS } from '@sallyport/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Path of the cookies that only signing in, refreshing and signing out need. */
const AUTH_PATH = '/api/v1/auth';
const DEVICE_SECONDS = 365 * 24 * 60 * 60;
const SSO_SECONDS = 10 * 60;

type CookieKind = 'access' | 'refresh' | 'challenge' | 'device' | 'sso';

/** The cookies of contract section 3, with the flags that the public origin asks for. */
export class Cookies {
  readonly accessName: string;
  private readonly base: CookieSerializeOptions;

  constructor(publicUrl: URL) {
    const secure = publicUrl.protocol === 'https:';
    // The prefix makes browsers insist on Secure, Path=/ and no Domain, which plain http cannot give.
    this.accessName = secure ? '__Host-sallyport_access' : 'sallyport_access';
    this.base = { httpOnly: true, sameSite: 'lax', secure };
  }

  read(request: FastifyRequest, kind: CookieKind): string | undefined {
    return request.cookies[this.name(kind)];
  }

  setSession(reply: FastifyReply, tokens: { access: string; refresh: string; refreshExpiresAt: Date }): void {
    this.set(reply, 'access', tokens.access, { maxAge: ACCESS_TOKEN_SECONDS });
    this.set(reply, 'refresh', tokens.refresh, { expires: tokens.refreshExpiresAt });
  }

  setChallenge(reply: FastifyReply, token: string): void {
    this.set(reply, 'challenge', token, { maxAge: CHALLENGE_SECONDS });
  }

  setDevice(reply: FastifyReply, token: string): void {
    this.set(reply, 'device', token, { maxAge: DEVICE_SECONDS });
  }

  /** Binds a pending sign-in through a provider to this browser. */
  setSso(reply: FastifyReply, token: string): void {
    this.set(reply, 'sso', token, { maxAge: SSO_SECONDS });
  }

  clear(reply: FastifyReply, ...kinds: CookieKind[]): void {
    for (const kind of kinds) reply.clearCookie(this.name(kind), this.options(kind));
  }

  private set(reply: FastifyReply, kind: CookieKind, value: string, life: CookieSerializeOptions): void {
    reply.setCookie(this.name(kind), value, { ...this.options(kind), ...life });
  }

  private name(kind: CookieKind): string {
    return kind === 'access' ? this.accessName : `sallyport_${kind}`;
  }

  private options(kind: CookieKind): CookieSerializeOptions {
    return { ...this.base, path: kind === 'access' ? '/' : AUTH_PATH };
  }
}
