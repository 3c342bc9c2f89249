import { randomBytes } from 'node:crypto';
import type { Access, Role } from '@sallyport/core';
import { EX } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { Authenticator } from './authenticator.ts';
import { type Answer, Visitor } from './visitor.ts';

export interface Credentials {
  email: string;
  password: string;
  /** Where the admin has an authenticator: the code that it shows. */
  code: () => Promise<string>;
}

export interface Person {
  id: string;
  email: string;
  password: string;
}

/** With two-factor authentication on, and signed in. */
export interface Enrolled extends Person {
  app: Authenticator;
  backupCodes: string[];
  session: Visitor;
}

interface Rights {
  role: Role;
  access: Access;
}

/** How the accounts are named, so that an admin knows them. */
const NAME = 'Throwaway of sallyport attack';
const MEMBER: Rights = { role: 'member', access: 'read_write' };

/** The service under attack, and the throwaway accounts that are made there. */
export class Scene {
  private readonly made: string[] = [];

  private constructor(
    private readonly base: URL,
    private readonly admin: Visitor,
    private readonly organizationId: string,
    private readonly aheadMs: number,
  ) {}

  /** @throws CommandError where the admin cannot sign in, or may not make accounts */
  static async open(url: URL, { email, password, code }: Credentials): Promise<Scene> {
    const base = new URL('/api/v1/', url);
    const admin = new Visitor(base);
    const before = Date.now();
    const first = await admin.post('/auth/login', { email, password });
    const sentAt = (before + Date.now()) / 2;
    if (first.body.status === 'mfa_required') {
      const second = await admin.post('/auth/login/mfa', { method: 'totp', code: await code() });
      if (second.status !== 200) throw refused('The second step of the admin', second);
    } else if (first.status !== 200) throw refused('The sign-in of the admin', first);
    const { body } = await admin.get('/me');
    const { id } = { id: '', ...(body.organization as object) };
    if (body.role !== 'admin' || body.access !== 'read_write' || id === '') {
      throw new CommandError(EX.DATAERR, 'It takes an admin who may change things.');
    }
    // What the answer tells is cut to the second.
    return new Scene(base, admin, id, first.servedAt + 500 - sentAt);
  }

  visitor(headers?: Readonly<Record<string, string>>): Visitor {
    return new Visitor(this.base, headers);
  }

  async person(rights: Rights = MEMBER): Promise<Person> {
    const email = `attack-${randomBytes(6).toString('hex')}@sallyport.invalid`;
    const password = randomBytes(18).toString('base64url');
    const input = { name: NAME, email, password, organizationId: this.organizationId, ...rights };
    const { body } = await expected('A throwaway account', this.admin.post('/users', input));
    const id = String(body.id);
    this.made.push(id);
    return { id, email, password };
  }

  async enrolled(rights?: Rights): Promise<Enrolled> {
    const person = await this.person(rights);
    return this.enrol(person, await this.signIn(person));
  }

  /** @param session of the person, who has no second factor yet */
  async enrol(person: Person, session: Visitor): Promise<Enrolled> {
    const app = await this.startEnrollment(session);
    const confirm = { password: person.password, code: await app.next() };
    const { body } = await expected('An enrolment', session.post('/me/mfa/totp/confirm', confirm));
    return { ...person, app, backupCodes: (body.backupCodes as string[] | undefined) ?? [], session };
  }

  async startEnrollment(session: Visitor): Promise<Authenticator> {
    const { body } = await expected('The start of an enrolment', session.post('/me/mfa/totp'));
    return new Authenticator(String(body.secret), this.aheadMs);
  }

  /** A new browser, signed in by password alone. */
  async signIn({ email, password }: Person, visitor = this.visitor()): Promise<Visitor> {
    const answer = await expected('A sign-in', visitor.post('/auth/login', { email, password }));
    if (answer.body.status !== 'authenticated') throw refused('A sign-in', answer);
    return visitor;
  }

  /** A new browser between password and second factor. */
  async pending({ email, password }: Person, visitor = this.visitor()): Promise<Visitor> {
    const answer = await expected('A password step', visitor.post('/auth/login', { email, password }));
    if (answer.body.status !== 'mfa_required') throw refused('A password step', answer);
    return visitor;
  }

  /** A whole sign-in with a code that must be good, so that it is spent. */
  async spend(person: Person, code: string, method = 'totp'): Promise<Visitor> {
    const visitor = await this.pending(person);
    await expected('A second step', visitor.post('/auth/login/mfa', { method, code }));
    return visitor;
  }

  /** Whether a second factor is on, as the admin sees it. */
  async hasMfa({ id }: Person): Promise<boolean> {
    const { body } = await expected('A look at an account', this.admin.get(`/users/${id}`));
    return body.mfaEnabled === true;
  }

  /** Disables every account that was made. @returns the ids of those that could not be */
  async close(): Promise<string[]> {
    const left: string[] = [];
    for (const id of this.made) {
      const answer = await this.admin.patch(`/users/${id}`, { status: 'disabled' }).catch(() => null);
      if (answer?.status !== 200) left.push(id);
    }
    await this.admin.post('/auth/logout').catch(() => null);
    return left;
  }

  get accounts(): number {
    return this.made.length;
  }
}

/** @throws CommandError where the service refuses what it should do for everybody */
async function expected(what: string, asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.status >= 300) throw refused(what, answer);
  return answer;
}

const refused = (what: string, { status, code }: Answer): CommandError =>
  new CommandError(EX.UNAVAILABLE, `${what} was refused: ${status}${code === null ? '' : ` ${code}`}.`);
