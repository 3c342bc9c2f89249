import type { Mail } from './mail/mail.ts';
import { ServiceClock } from './service-clock.ts';

/** A code as the authenticator of a user shows it. */
export interface ShownCode {
  code: string;
  /** Seconds until its time step ends; the service takes it for thirty more. */
  secondsLeft: number;
  /** Seconds until the service takes it; 0 where it does already. */
  takenInSeconds: number;
}

/** Who came to be by a seed file. */
export interface SeededPeople {
  organizations: { id: string; slug: string }[];
  users: { id: string; email: string; organizationId: string }[];
}

/** What a service does for tests where `SALLYPORT_TEST_MODE=1` is set. The clock is that of the whole service. */
export class TestMode {
  readonly clock: ServiceClock;
  readonly #url: string;

  /** @param url the origin of the service */
  constructor(url: string) {
    this.#url = url;
    this.clock = new ServiceClock((change) => this.#ask(change === undefined ? 'GET' : 'PUT', 'clock', change));
  }

  /** The mails to an address, or to everybody, oldest first: all that requests before this one caused. */
  async mails(to?: string): Promise<Mail[]> {
    const query = to === undefined ? '' : `?to=${encodeURIComponent(to)}`;
    return (await this.#ask<{ items: Mail[] }>('GET', `mails${query}`)).items;
  }

  /** The next code that a user's authenticator did not spend. @throws Error where there is no authenticator */
  async code(email: string): Promise<ShownCode> {
    return this.#ask('GET', `users/${encodeURIComponent(email)}/code`);
  }

  /** The same, once the service takes it: where it does not yet, its clock is moved by up to a minute. */
  async nextCode(email: string): Promise<string> {
    const { code, takenInSeconds } = await this.code(email);
    if (takenInSeconds > 0) await this.clock.advance({ seconds: takenInSeconds });
    return code;
  }

  /** Creates and updates what a seed file says. @throws Error with the place of each fault when it is refused */
  async seed(file: object): Promise<SeededPeople> {
    return this.#ask('POST', 'tenants', file);
  }

  /** Removes a customer, or a partner with its customers, and all their people. Whatever is gone already is no fault. */
  async removeTenant(slug: string): Promise<void> {
    const answer = await this.#send('DELETE', `tenants/${slug}`);
    if (answer.status !== 404) await accepted(answer);
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    return (await accepted(await this.#send(method, path, body))).json() as Promise<T>;
  }

  async #send(method: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(new URL(`/api/v1/test/${path}`, this.#url), {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (answer.headers.get('sallyport-test-mode') === '1') return answer;
    throw new Error(`${this.#url} is not in test mode: start it with SALLYPORT_TEST_MODE=1, on this machine.`);
  }
}

/** @throws Error with what the service said when it refused */
async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new Error(`The service refused with ${answer.status}: ${await answer.text()}`);
}
