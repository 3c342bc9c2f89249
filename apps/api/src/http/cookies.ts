import type { CookieSerializeOptions } from '@fastify/cookie';
import { ACCESS_TOKEN_SECONDS, CHALLENGE_SECONDS, PASSKEY_SECONDS, SETTINGS_BOUNDS } from '@sallyport/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Path of the cookies that only signing in, refreshing and signing out need. */
const AUTH_PATH = '/api/v1/auth';
const DEVICE_SECONDS = 365 * 24 * 60 * 60;
/** The longest that a setting allows; when a device is not remembered any more is for the database to say. */
const REMEMBERED_SECONDS = SETTINGS_BOUNDS.rememberedDeviceDays.maximum * 24 * 60 * 60;
/** Users that one browser is remembered for at a time. */
const MOST_REMEMBERED = 5;
const SSO_SECONDS = 10 * 60;

/** As `newToken` makes them. */
const TOKEN = /^[\w-]{43}$/;

type CookieKind = 'access' | 'refresh' | 'challenge' | 'device' | 'passkey' | 'remembered' | 'sso';

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

  setSession(reply: FastifyReply, tokens: { access: string; refresh: string; refreshSeconds: number }): void {
    this.set(reply, 'access', tokens.access, { maxAge: ACCESS_TOKEN_SECONDS });
    this.set(reply, 'refresh', tokens.refresh, { maxAge: tokens.refreshSeconds });
  }

  setChallenge(reply: FastifyReply, token: string): void {
    this.set(reply, 'challenge', token, { maxAge: CHALLENGE_SECONDS });
  }

  setDevice(reply: FastifyReply, token: string): void {
    this.set(reply, 'device', token, { maxAge: DEVICE_SECONDS });
  }

  /** What the browser is remembered by, for one user or several that share it; newest first. */
  readRemembered(request: FastifyRequest): string[] {
    const tokens = (this.read(request, 'remembered') ?? '').split('.');
    return tokens.filter((token) => TOKEN.test(token)).slice(0, MOST_REMEMBERED);
  }

  /** @param tokens newest first; the oldest that are too many fall out */
  setRemembered(reply: FastifyReply, tokens: readonly string[]): void {
    this.set(reply, 'remembered', tokens.slice(0, MOST_REMEMBERED).join('.'), { maxAge: REMEMBERED_SECONDS });
  }

  /** Binds the answer of a passkey that signs in alone to this browser. */
  setPasskey(reply: FastifyReply, token: string): void {
    this.set(reply, 'passkey', token, { maxAge: PASSKEY_SECONDS });
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
    return this.secure && (kind === 'access' || kind === 'passkey' || kind === 'remembered' || kind === 'sso');
  }
}
