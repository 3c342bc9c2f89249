// @vitest-environment happy-dom
import { act, cleanup, render, renderHook, screen, waitFor } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { SallyportProvider, sessionOf, useEnrollment, useSession, useSignIn, useSignInOptions } from './index.ts';
import { ada, json, mia, refusal, service } from './testing/service.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Hooks as an application in development has them, whose effects run twice. */
function use<T>(hook: () => T, answers: Parameters<typeof service>[0]) {
  const given = service(answers);
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <StrictMode>
      <SallyportProvider client={given.client}>{children}</SallyportProvider>
    </StrictMode>
  );
  return { ...given, ...renderHook(hook, { wrapper }) };
}

test('useSession asks once, shows who is signed in, and follows the session to its end', async () => {
  const { result, client, asked } = use(useSession, {
    'GET /me': () => json(ada),
    'POST /auth/logout': () => json({}),
  });
  expect(result.current.status).toBe('loading');
  await waitFor(() => expect(result.current).toMatchObject({ status: 'signed_in', user: ada, session: ada.session }));
  expect(asked).toHaveLength(1);
  act(() => sessionOf(client).update(mia));
  expect(result.current).toMatchObject({ user: mia });
  await act(() => result.current.signOut());
  expect(result.current).toMatchObject({ status: 'signed_out', reason: 'signed_out' });
  expect(asked).toHaveLength(2);
});

test('useSession asks nobody where it is not to', async () => {
  const { result, asked } = use(() => useSession({ load: false }), {});
  await act(async () => undefined);
  expect(result.current.status).toBe('loading');
  expect(asked).toEqual([]);
});

test('useSignIn leads through both steps, and useSession knows', async () => {
  const { result } = use(() => ({ signIn: useSignIn(), session: useSession({ load: false }) }), {
    'POST /auth/login': () =>
      json({ status: 'mfa_required', methods: ['totp'], expiresAt: new Date(Date.now() + 300_000).toISOString() }),
    'POST /auth/login/mfa': () => json({ status: 'authenticated', user: ada }),
  });
  await act(async () => void (await result.current.signIn.submitPassword({ email: 'a@b.test', password: 'p' })));
  expect(result.current.signIn).toMatchObject({ step: 'second_step', methods: ['totp'] });
  await act(async () => void (await result.current.signIn.submitCode({ method: 'totp', code: '123456' })));
  expect(result.current.signIn).toMatchObject({ step: 'done', user: ada });
  expect(result.current.session.status).toBe('signed_in');
});

test('useSignIn goes on where single sign-on left it, until its time is over', async () => {
  vi.useFakeTimers();
  const { result } = use(() => useSignIn({ resume: { methods: ['totp'], deadlineMs: Date.now() + 1000 } }), {});
  expect(result.current.step).toBe('second_step');
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(result.current.step).toBe('over');
});

test('an effect that starts useEnrollment makes one secret, though it runs twice', async () => {
  const { result, asked } = use(
    () => {
      const enrollment = useEnrollment();
      const { start } = enrollment;
      useEffect(() => void start(), [start]);
      return enrollment;
    },
    { 'POST /me/mfa/totp': () => json({ secret: 'JBSW', expiresAt: new Date(Date.now() + 600_000).toISOString() }) },
  );
  await waitFor(() => expect(result.current).toMatchObject({ step: 'confirm', secret: 'JBSW' }));
  expect(asked).toEqual([['POST /me/mfa/totp', null]]);
});

test('useSignInOptions asks at once of anybody, then once the typing pauses at a whole address, and once for its domain', async () => {
  vi.useFakeTimers();
  const ofAcme = { localSignIn: false, passwordless: false, connections: [{ id: 'c1', name: 'Entra', kind: 'entra' }] };
  const ofAnybody = { localSignIn: true, passwordless: true, connections: [] };
  const asked: string[] = [];
  const given = service({
    'GET /auth/sign-in-options': (_, query) => {
      asked.push(String(query));
      return json(query.has('email') ? ofAcme : ofAnybody);
    },
  });
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <SallyportProvider client={given.client}>{children}</SallyportProvider>
  );
  const { result, rerender } = renderHook((email: string) => useSignInOptions({ email }), {
    wrapper,
    initialProps: 'ada@acme',
  });
  const type = async (email: string, ms: number) => {
    rerender(email);
    await act(() => vi.advanceTimersByTimeAsync(ms));
  };
  expect(result.current).toBeNull();
  await type('ada@acme.te', 349);
  await type('ada@acme.test', 349);
  expect(asked).toEqual(['organization=']);
  expect(result.current).toEqual(ofAnybody);
  await type('ada@acme.test', 1);
  expect(result.current).toEqual(ofAcme);
  await type('mia@acme.test', 1000);
  expect(asked).toEqual(['organization=', 'email=ada%40acme.test']);
  await type('mia@', 1000);
  expect(result.current).toEqual(ofAnybody);
});

test('useSignInOptions adds the ways of an organization, and outlives a service that is busy', async () => {
  vi.useFakeTimers();
  const [own, shared, further] = ['own', 'shared', 'further'].map((id) => ({ id, name: id, kind: 'oidc' }));
  const replies = [
    () => refusal(503, 'overloaded'),
    () => json({ localSignIn: true, connections: [own, shared] }),
    () => json({ localSignIn: false, connections: [shared, further] }),
  ];
  const { result } = use(() => useSignInOptions({ organization: 'acme', email: 'ada@acme.test' }), {
    'GET /auth/sign-in-options': () => replies.shift()?.() ?? refusal(503, 'overloaded'),
  });
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(result.current?.connections.map(({ id }) => id).sort()).toEqual(['further', 'own', 'shared']);
});

test('a server renders that it does not know yet', () => {
  const Status = () => useSession().status;
  const { client, asked } = service();
  const page = (
    <SallyportProvider client={client}>
      <Status />
    </SallyportProvider>
  );
  expect(renderToString(page)).toBe('loading');
  expect(asked).toEqual([]);
});

test('a hook without a provider says what is missing', () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const Lost = () => useSession().status;
  expect(() => render(<Lost />)).toThrow('There is no SallyportProvider');
  expect(screen.queryByText('loading')).toBeNull();
  quiet.mockRestore();
});
