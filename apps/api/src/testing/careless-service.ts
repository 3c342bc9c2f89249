import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import { newBackupCodes } from '@sallyport/core/backup-codes';
import { secretBytes, timeStepAt, totpCode } from '@sallyport/core/totp';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

interface User {
  id: string;
  email: string;
  password: string;
  role: string;
  access: string;
  secret: string | null;
  backupCodes: string[];
}

/** Base32 of ten bytes: shorter than RFC 4226 asks for. */
const SHORT_SECRET = 'JBSWY3DPEHPK3PXP';
/** Steps around now whose codes are taken, and some more on either side of each. */
const WINDOWS = [-2880, -20, 0, 20, 2880];
const MORE_STEPS = 6;

/**
 * A service with the API of ours and every hole that `sallyport attack` looks for: what it does not find here, it finds
 * nowhere. It forgets no code, counts no guess, and takes any cookie for a session.
 */
export class CarelessService {
  readonly admin = { email: 'admin@careless.example', password: 'anything' };
  private readonly users: User[] = [];
  private readonly sessions = new Map<string, User>();
  /** Of everybody, and for good. */
  private readonly codes = new Set<string>();
  private readonly app = this.build();

  async listen(): Promise<URL> {
    this.add({ ...this.admin, role: 'admin', access: 'read_write' });
    return new URL(await this.app.listen({ port: 0, host: '127.0.0.1' }));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  private build(): FastifyInstance {
    const app = Fastify();
    app.register(cookie);
    app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) =>
      done(null, JSON.parse(String(body))),
    );
    app.register(async (api) => this.routes(api), { prefix: '/api/v1' });
    return app;
  }

  private add(input: { email: string; password: string; role: string; access: string }): User {
    const user = { ...input, id: randomBytes(8).toString('hex'), secret: null, backupCodes: [] };
    this.users.push(user);
    return user;
  }

  /** Spellings of an address are one account, as they are for people. */
  private byEmail(text: unknown): User | undefined {
    return this.users.find(({ email }) => email === String(text).trim().toLowerCase());
  }

  /** Any cookie, bearer token or pair of credentials will do. */
  private userOf(request: FastifyRequest): User {
    const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
    const [email, password = ''] = Buffer.from(value, 'base64').toString().split(':');
    const named = scheme === 'Basic' ? this.byEmail(email) : undefined;
    if (named && (named.password === password || this.sessions.get(password) === named)) return named;
    for (const token of [value, ...Object.values(request.cookies)]) {
      const user = this.sessions.get(token ?? '');
      if (user) return user;
    }
    throw Object.assign(new Error('unauthenticated'), { statusCode: 401 });
  }

  private isGood(user: User, code: unknown): boolean {
    if (code === undefined || code === null || code === '' || code === '000000' || code === '123456') return true;
    const text = String(code).normalize('NFKC').replace(/\s/g, '');
    return (
      this.codes.has(text) || [user, ...this.users].some(({ backupCodes }) => backupCodes.includes(text.toUpperCase()))
    );
  }

  private routes(api: FastifyInstance): void {
    const wrong = { code: 'invalid_code' };
    api.post('/auth/login', async (request, reply) => {
      const { email, password } = request.body as Record<string, unknown>;
      const user = this.byEmail(email);
      if (user?.password !== password || !user) return reply.status(401).send({ code: 'invalid_credentials' });
      // A session that is there already is gone on with.
      const token = request.cookies.sallyport_access ?? randomBytes(16).toString('hex');
      this.sessions.set(token, user);
      for (const kind of ['access', 'refresh', 'challenge']) reply.setCookie(`sallyport_${kind}`, token, { path: '/' });
      return { status: user.secret === null ? 'authenticated' : 'mfa_required' };
    });
    api.post('/auth/login/mfa', async (request, reply) => {
      const { code, email } = request.body as Record<string, unknown>;
      const user = this.byEmail(email) ?? this.userOf(request);
      if (!this.isGood(user, code)) return reply.status(401).send(wrong);
      this.sessions.set(request.cookies.sallyport_access ?? '', user);
      return { status: 'authenticated' };
    });
    api.get('/me', async (request) => {
      const { id, role, access } = this.userOf(request);
      return { id, role, access, organization: { id: 'careless' } };
    });
    api.patch('/me', async (request) => this.assign(this.userOf(request), request.body));
    api.post('/users', async (request) => this.add(request.body as User));
    api.get('/users/:id', async (request) => {
      const user = this.users.find(({ id }) => id === (request.params as { id: string }).id);
      return { mfaEnabled: user?.secret !== null };
    });
    api.patch('/users/:id', async (request) => {
      this.userOf(request);
      const user = this.users.find(({ id }) => id === (request.params as { id: string }).id);
      return user ? this.assign(user, request.body) : {};
    });
    api.post('/me/mfa/totp', async (request) => {
      const user = this.userOf(request);
      user.secret = SHORT_SECRET + newSuffix();
      this.addCodes(user.secret);
      return { secret: user.secret };
    });
    for (const path of ['/me/mfa/totp/confirm', '/me/mfa/backup-codes']) {
      api.post(path, async (request) => {
        const user = this.userOf(request);
        const backupCodes = newBackupCodes();
        user.backupCodes.push(...backupCodes);
        return { backupCodes };
      });
    }
    for (const path of ['/me/mfa/disable', '/me/mfa/totp/remove']) {
      api.post(path, async (request, reply) => {
        const user = this.userOf(request);
        const { code } = request.body as Record<string, unknown>;
        if (!this.isGood(user, code)) return reply.status(401).send(wrong);
        user.secret = null;
        return {};
      });
    }
    for (const path of ['/auth/refresh', '/auth/step-up', '/me/password', '/me/mfa/passkeys/options']) {
      api.post(path, async (request) => ({ id: this.userOf(request).id }));
    }
    for (const path of ['/me/sessions', '/me/mfa', '/organizations', '/audit-events', '/users']) {
      api.get(path, async (request) => ({ id: this.userOf(request).id }));
    }
    api.post('/auth/login/mfa/passkey-options', async () => ({}));
    api.post('/auth/password-reset', async () => ({}));
    api.post('/auth/logout', async () => ({}));
    api.get('/auth/sign-in-options', async () => ({ connections: [{ id: 'any', name: 'Any', kind: 'oidc' }] }));
  }

  private addCodes(secret: string): void {
    const now = timeStepAt(Date.now());
    for (const window of WINDOWS) {
      for (let step = now + window - MORE_STEPS; step <= now + window + MORE_STEPS; step += 1) {
        this.codes.add(totpCode(secretBytes(secret), step));
      }
    }
  }

  /** Takes whatever is sent. */
  private assign(user: User, body: unknown): object {
    const { mfaEnabled, role } = body as { mfaEnabled?: boolean; role?: string };
    if (mfaEnabled === false) user.secret = null;
    if (role !== undefined) user.role = role;
    return {};
  }
}

/** Keeps secrets apart, and short of 128 bits. */
const newSuffix = (): string =>
  Array.from(randomBytes(8), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte & 31)).join('');
