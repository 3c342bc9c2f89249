import { randomBytes } from 'node:crypto';
import { type Api, accepted } from './api.ts';

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
  readonly #admin: { email: string; password: string };

  /** @param api with cookies of its own: it keeps the admin's */
  constructor(api: Api, admin: { email: string; password: string }) {
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

  /** Once more, signed in, where the session has ended. */
  async #signedIn<Answer extends { response: Response }>(call: () => Promise<Answer>): Promise<Answer> {
    const answer = await call();
    if (answer.response.status !== 401) return answer;
    accepted(await this.#api.POST('/api/v1/auth/login', { body: this.#admin }));
    return call();
  }
}
