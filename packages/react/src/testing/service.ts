import { createSallyportClient, type SallyportClient } from '@sallyport/client';
import type { User } from '../types.ts';

/** Somebody of a customer. */
export const ada: User = {
  id: '01-ada',
  email: 'ada@customer.test',
  name: 'Ada',
  role: 'admin',
  access: 'read_write',
  status: 'active',
  hasPassword: true,
  organization: { id: '01-customer', name: 'Customer', slug: 'customer', kind: 'customer' },
  mfa: { enabled: false, canEnroll: true, mustEnroll: false, policy: { required: false, phishingResistant: false } },
  session: { id: '01-session', method: 'password', aal: 1, phishingResistant: false },
  minimumPasswordLength: 10,
};
/** Somebody else, in a session of her own. */
export const mia: User = { ...ada, id: '01-mia', name: 'Mia', session: { ...ada.session, id: '02-session' } };

type Answer = Response | Promise<Response>;
type Answers = Record<string, (body: unknown, query: URLSearchParams) => Answer>;

export const json = (body: object, status = 200): Response => Response.json(body, { status });
export const refusal = (status: number, code: string, fields: object = {}): Response =>
  json({ type: 'about:blank', title: code, status, code, ...fields }, status);

interface Service {
  client: SallyportClient;
  /** By method and path without `/api/v1`; may be changed. */
  answers: Answers;
  /** What was asked for, with what was sent, in order. */
  asked: [key: string, body: unknown][];
}

/** A client and what answers it; requests that are aborted fail as those of a browser do. */
export function service(answers: Answers = {}): Service {
  const asked: Service['asked'] = [];
  const client = createSallyportClient({
    baseUrl: 'https://login.example.com',
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const key = `${request.method} ${pathname.replace('/api/v1', '')}`;
      const text = await request.text();
      const body: unknown = text === '' ? null : JSON.parse(text);
      asked.push([key, body]);
      request.signal.throwIfAborted();
      const aborted = new Promise<never>((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
      });
      const answer = answers[key]?.(body, searchParams) ?? refusal(401, 'unauthenticated');
      return Promise.race([answer, aborted]);
    },
  });
  return { client, answers, asked };
}

/** An answer that comes when the test says so. */
export function held() {
  let release: (answer: Response) => void = () => undefined;
  const answer = new Promise<Response>((resolve) => {
    release = resolve;
  });
  return { answer: () => answer, release: (given: Response) => release(given) };
}
