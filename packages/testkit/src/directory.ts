import { randomBytes } from 'node:crypto';
import { type Api, accepted } from './api.ts';
import { type Credentials, signIn } from './sign-in.ts';

export interface Organization {
  id: string;
  slug: string;
  name: string;
}

/** A user whose password the test knows. */
export interface Person {
  id: string;
  email: string;
  name: string;
  password: string;
}

export interface NewPerson {
  organizationId: string;
  name: string;
  role: 'admin' | 'member';
  access: 'read_write' | 'read_only';
}

/** Letters and digits that no other test has. */
export const unique = (): string => randomBytes(5).toString('hex');

/** A password that the service takes and nobody else has. */
export const newPassword = (): string => `Quiet-Harbour-${unique()}`;

/** Makes organisations and users over the REST API, in the name of a partner admin. */
export class Directory {
  readonly #api: Api;
  readonly #admin: Credentials;
  #signingIn: Promise<void> | undefined;

  /**
   * @param api   with cookies of its own: it keeps the admin's
   * @param admin read/write admin of a partner
   */
  constructor(api: Api, admin: Credentials) {
    this.#api = api;
    this.#admin = admin;
  }

  /** A customer under the admin's partner. @throws Error when the service refuses */
  async createCustomer(name: string): Promise<Organization> {
    const body = { name, slug: `customer-${unique()}` };
    return accepted(await this.#signedIn(() => this.#api.POST('/api/v1/organizations', { body })));
  }

  /** A user with a password, in the admin's partner or one of its customers. @throws Error when it is refused */
  async createPerson({ name, ...rest }: NewPerson): Promise<Person> {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}-${unique()}@people.example`;
    const password = newPassword();
    const body = { name, email, password, ...rest };
    const { id } = accepted(await this.#signedIn(() => this.#api.POST('/api/v1/users', { body })));
    return { id, email, name, password };
  }

  /** The admin's own partner. */
  async partner(): Promise<Organization> {
    return accepted(await this.#signedIn(() => this.#api.GET('/api/v1/me'))).organization;
  }

  /**
   * Erases every user of an organization, as far as the service lets one: its last admin stays. Whoever is gone already
   * is no fault.
   *
   * @throws Error when the service refuses for another reason
   */
  async eraseUsersOf(organizationId: string): Promise<void> {
    const query = { organizationId, limit: 100 };
    const { items } = accepted(await this.#signedIn(() => this.#api.GET('/api/v1/users', { params: { query } })));
    for (const user of items) await this.erase(user);
  }

  /** Erases a user, unless it is gone or its organization's last admin. @throws Error when it is refused otherwise */
  async erase({ id, email }: { id: string; email: string }): Promise<void> {
    const params = { path: { id } };
    const answer = await this.#signedIn(() => this.#api.POST('/api/v1/users/{id}/erase', { params, body: { email } }));
    if (answer.error?.code !== 'not_found' && answer.error?.code !== 'last_admin') accepted(answer);
  }

  /** Ends the admin's session. */
  async close(): Promise<void> {
    await this.#api.POST('/api/v1/auth/logout');
  }

  /**
   * Once more, signed in anew, where there is no session, its access token has ended, or the service asks for a fresh
   * proof, which a sign-in is.
   */
  async #signedIn<Answer extends { response: Response }>(call: () => Promise<Answer>): Promise<Answer> {
    const answer = await call();
    if (answer.response.status !== 401) return answer;
    this.#signingIn ??= signIn(this.#api, this.#admin).finally(() => {
      this.#signingIn = undefined;
    });
    await this.#signingIn;
    return call();
  }
}
