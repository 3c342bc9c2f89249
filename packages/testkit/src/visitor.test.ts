import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { CookieJar } from './cookies.ts';
import { signInAt } from './visitor.ts';

test('a jar sends what was set where its path leads, and forgets what is over', () => {
  const jar = new CookieJar();
  jar.take([
    'sallyport_access=a=b; Max-Age=300; Path=/; HttpOnly; SameSite=Lax',
    'sallyport_refresh=r; Path=/api/v1/auth; HttpOnly; Secure; SameSite=Strict',
    'old=o; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ]);
  expect(jar.headerFor('/api/v1/me')).toBe('sallyport_access=a=b');
  expect(jar.headerFor('/api/v1/auth/refresh')).toBe('sallyport_access=a=b; sallyport_refresh=r');
  expect(jar.headerFor('/api/v1/authors')).toBe('sallyport_access=a=b');
  const [access, refresh] = jar.all();
  expect(access).toEqual({
    ...{ name: 'sallyport_access', value: 'a=b', path: '/', httpOnly: true, secure: false, sameSite: 'Lax' },
    expiry: expect.any(Number),
  });
  expect(Math.abs((access?.expiry ?? 0) - Date.now() / 1000 - 300)).toBeLessThan(5);
  expect(refresh).toMatchObject({ secure: true, sameSite: 'Strict' });
  expect(refresh).not.toHaveProperty('expiry');
  jar.take(['sallyport_access=; Max-Age=0; Path=/', 'sallyport_refresh=s; Path=/api/v1/auth']);
  expect(jar.all().map(({ value }) => value)).toEqual(['s']);
});

test('a sign-in without a browser takes the second step with the cookie of the first, and gives the session', async () => {
  const seen: [path: string, cookie: string | undefined, body: string][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push([request.url ?? '', request.headers.cookie, body]);
    const second = request.url?.endsWith('/mfa');
    const cookies = second
      ? ['sallyport_challenge=; Max-Age=0; Path=/api/v1/auth', 'sallyport_access=t; Path=/; HttpOnly']
      : ['sallyport_challenge=c; Path=/api/v1/auth; HttpOnly'];
    response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': cookies });
    response.end(JSON.stringify({ status: second ? 'authenticated' : 'mfa_required' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const person = { email: 'mia@acme.example', password: 'secret', totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
  expect(await signInAt(url, person)).toMatchObject([{ name: 'sallyport_access', value: 't', httpOnly: true }]);
  const [first, second] = seen;
  expect(first).toEqual(['/api/v1/auth/login', undefined, JSON.stringify({ email: person.email, password: 'secret' })]);
  expect(second?.slice(0, 2)).toEqual(['/api/v1/auth/login/mfa', 'sallyport_challenge=c']);
  expect(JSON.parse(second?.[2] ?? '')).toEqual({ method: 'totp', code: expect.stringMatching(/^\d{6}$/) });
});
