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
  private readonly secure: boolean;

  constructor(publicUrl: URL) {
    this.secure = publicUrl.protocol === 'https:';
    this.accessName = this.nameOf('access');
    this.base = { httpOnly: true, sameSite: 'lax', secure: this.secure };
  }

  read(request: FastifyRequest, kind: CookieKind): string | undefined {
    return request.cookies[this.nameOf(kind)];
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
    for (const kind of kinds) reply.clearCookie(this.nameOf(kind), this.options(kind));
  }

  private set(reply: FastifyReply, kind: CookieKind, value: string, life: CookieSerializeOptions): void {
    reply.setCookie(this.nameOf(kind), value, { ...this.options(kind), ...life });
  }

  nameOf(kind: CookieKind): string {
    return this.isHostOnly(kind) ? `__Host-sallyport_${kind}` : `sallyport_${kind}`;
  }

  private options(kind: CookieKind): CookieSerializeOptions {
    return { ...this.base, path: kind === 'access' || this.isHostOnly(kind) ? '/' : AUTH_PATH };
  }

  /**
   * Whether the name has the prefix that makes browsers insist on Secure, Path=/ and no Domain, so that no other host of
   * the domain plants it. Plain http cannot give that.
   */
  private isHostOnly(kind: CookieKind): boolean {
    return this.secure && (kind === 'access' || kind === 'sso');
  }
}
