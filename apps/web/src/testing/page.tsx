import { MantineProvider } from '@mantine/core';
import { SallyportProvider } from '@sallyport/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, type RouteObject, RouterProvider } from 'react-router';
import { afterEach, vi } from 'vitest';
import { en } from '../app/texts.ts';
import { theme } from '../app/theme.ts';
import { api } from '../base/api/client.ts';
import type { Me, User } from '../base/api/types.ts';
import { startI18n } from '../base/i18n.ts';
import { SignedIn } from '../base/session/me.tsx';
import { session } from '../base/session/session.ts';

startI18n(en);

afterEach(async () => {
  cleanup();
  serve({ 'POST /auth/logout': () => ({ status: 204 }) });
  await session.signOut();
  vi.unstubAllGlobals();
});

/** Whose session the tests have: the admin of a customer. */
export const me: Me = {
  id: '01-me',
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

/** Whom she manages. */
export const mia: User = {
  id: '01-mia',
  email: 'mia@customer.test',
  name: 'Mia',
  role: 'member',
  access: 'read_only',
  status: 'active',
  hasPassword: true,
  mfaEnabled: false,
  organization: me.organization,
  createdAt: '2026-01-01T00:00:00Z',
  lastSignInAt: null,
};

interface Answer {
  status?: number;
  body?: object | null;
  headers?: Record<string, string>;
}

/** What the service answers to a request, by method and path without `/api/v1`. */
type Answers = Record<string, (body: unknown, query: URLSearchParams) => Answer>;

/** Answers in place of the service; what it does not know fails the request. */
export function serve(answers: Answers): void {
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const key = `${request.method} ${pathname.replace('/api/v1', '')}`;
    const answer = answers[key];
    if (!answer) throw new Error(`No answer to ${key}`);
    const text = await request.text();
    const { status = 200, body = null, headers = {} } = answer(text === '' ? null : JSON.parse(text), searchParams);
    return new Response(body === null ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  });
}

/** A refusal as the service makes it. */
export const refusal = (status: number, code: string, fields: object = {}): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, ...fields },
});

/** Shows pages in a router, signed in as {@link me}. */
export function renderPages(routes: RouteObject[], at: string, signedInAs: Me | null = me) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  if (signedInAs) session.update(signedInAs);
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  render(
    <MantineProvider theme={theme}>
      <SallyportProvider client={api}>
        <QueryClientProvider client={client}>
          {signedInAs ? (
            <SignedIn>
              <RouterProvider router={router} />
            </SignedIn>
          ) : (
            <RouterProvider router={router} />
          )}
        </QueryClientProvider>
      </SallyportProvider>
    </MantineProvider>,
  );
  return router;
}

/** As {@link renderPages}, for a part of a page. */
export const renderPart = (part: ReactNode) => renderPages([{ path: '*', element: part }], '/');
