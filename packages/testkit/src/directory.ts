import { randomBytes } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';

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
  readonly #request: APIRequestContext;
  readonly #admin: { email: string; password: string };

  /** @param request a context of its own: it keeps the admin's cookies */
  constructor(request: APIRequestContext, admin: { email: string; password: string }) {
    this.#request = request;
    this.#admin = admin;
  }

  /** A customer under the admin's partner. @throws Error when the service refuses */
  async createCustomer(name: string): Promise<Organization> {
    return (await this.#post('/api/v1/organizations', { name, slug: `customer-${unique()}` })) as Organization;
  }

  /** A user with a password, in the admin's partner or one of its customers. @throws Error when it is refused */
  async createPerson({ name, ...rest }: NewPerson): Promise<Person> {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}-${unique()}@people.example`;
    const password = newPassword();
    const { id } = (await this.#post('/api/v1/users', { name, email, password, ...rest })) as { id: string };
    return { id, email, name, password };
  }

  /** The admin's own partner. */
  async partner(): Promise<Organization> {
    await this.#signIn();
    const answer = await this.#request.get('/api/v1/me');
    return ((await answer.json()) as { organization: Organization }).organization;
  }

  async #post(path: string, data: object): Promise<unknown> {
    let answer = await this.#request.post(path, { data });
    if (answer.status() === 401) {
      await this.#signIn();
      answer = await this.#request.post(path, { data });
    }
    if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  }

  async #signIn(): Promise<void> {
    const answer = await this.#request.post('/api/v1/auth/login', { data: this.#admin });
    if (!answer.ok()) throw new Error(`${this.#admin.email} cannot sign in: ${await answer.text()}`);
  }
}
