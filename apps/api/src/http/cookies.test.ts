import type { FastifyReply, FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { Cookies } from './cookies.ts';

/** What the cookies say when a sign-in at a provider begins, and what they read of `sent`. */
function ofSso(publicUrl: string, sent: Record<string, string>) {
  const cookies = new Cookies(new URL(publicUrl));
  const set: unknown[] = [];
  const reply = { setCookie: (...given: unknown[]) => set.push(given) } as unknown as FastifyReply;
  cookies.setSso(reply, 'token');
  return { set: set.flat(), read: cookies.read({ cookies: sent } as unknown as FastifyRequest, 'sso') };
}

test('SEC-30: over https no other host of the domain can plant the cookie of a sign-in at a provider', () => {
  const planted = { sallyport_sso: 'planted' };
  const { set, read } = ofSso('https://login.example.com', { ...planted, '__Host-sallyport_sso': 'own' });
  expect(set).toEqual(['__Host-sallyport_sso', 'token', expect.objectContaining({ path: '/', secure: true })]);
  expect(read).toBe('own');
  expect(ofSso('https://login.example.com', planted).read).toBeUndefined();
});

test('SEC-24: nor that of a remembered browser, which holds so many tokens and nothing else', () => {
  const cookies = new Cookies(new URL('https://login.example.com'));
  const set: unknown[] = [];
  const reply = { setCookie: (...given: unknown[]) => set.push(given) } as unknown as FastifyReply;
  const tokens = Array.from({ length: 7 }, (_, index) => String(index).repeat(43));
  cookies.setRemembered(reply, tokens);
  const five = tokens.slice(0, 5).join('.');
  const flags = { path: '/', secure: true, httpOnly: true, sameSite: 'lax', maxAge: 90 * 24 * 60 * 60 };
  expect(set).toEqual([['__Host-sallyport_remembered', five, flags]]);
  const readOf = (sent: Record<string, string>) =>
    cookies.readRemembered({ cookies: sent } as unknown as FastifyRequest);
  expect(readOf({ sallyport_remembered: five })).toEqual([]);
  expect(readOf({ '__Host-sallyport_remembered': `..${tokens.join('.')}` })).toEqual(tokens.slice(0, 5));
  expect(readOf({ '__Host-sallyport_remembered': `${'1'.repeat(42)}.${'1'.repeat(44)}.<>` })).toEqual([]);
});

test('over http it has neither prefix nor the whole path', () => {
  const { set, read } = ofSso('http://localhost:3000', { sallyport_sso: 'own' });
  expect(set).toEqual(['sallyport_sso', 'token', expect.objectContaining({ path: '/api/v1/auth', secure: false })]);
  expect(read).toBe('own');
});
