import { PROOF_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const idOf = async (browser: Browser): Promise<string> => (await browser.get('/me')).body.session.id;
const rowOf = (id: string) => service.db.session.findUniqueOrThrow({ where: { id } });

test('a session was seen when it was used, to the minute', async () => {
  const browser = await service.signIn(await service.user());
  const id = await idOf(browser);
  const { lastSeenAt } = await rowOf(id);
  service.clock.advance({ seconds: 59 });
  await browser.get('/me');
  expect((await rowOf(id)).lastSeenAt).toEqual(lastSeenAt);
  service.clock.advance({ seconds: 2 });
  await browser.get('/me');
  expect((await rowOf(id)).lastSeenAt).toEqual(service.clock.now());
});

describe('SEC-58: what is over', () => {
  test('is removed a day later: sessions that ran out or were ended, and half-done sign-ins', async () => {
    const { sessions } = service.services;
    await sessions.purge();
    const { user } = await service.enrolledUser();
    const { email, password } = user;
    const left = async () => [
      await service.db.session.count({ where: { userId: user.id } }),
      await service.db.signInChallenge.count({ where: { userId: user.id } }),
    ];
    await service.browser().post('/auth/login', { email, password });
    // One session was ended by the enrolment, the other lasts twelve hours; the challenge lasts five minutes.
    service.clock.advance({ hours: 23 });
    expect(await sessions.purge()).toBe(0);
    expect(await left()).toEqual([2, 1]);
    service.clock.advance({ hours: 1, minutes: 6 });
    await sessions.purge();
    expect(await left()).toEqual([1, 0]);
    service.clock.advance({ hours: 12 });
    await sessions.purge();
    expect(await left()).toEqual([0, 0]);
    expect(await sessions.purge()).toBe(0);
  });

  test('a browser is known for 400 days after it was used', async () => {
    await service.services.sessions.purge();
    const user = await service.user();
    await service.signIn(user);
    const known = () => service.db.knownDevice.count({ where: { userId: user.id } });
    service.clock.advance({ hours: 400 * 24 });
    await service.services.sessions.purge();
    expect(await known()).toBe(1);
    service.clock.advance({ seconds: 1 });
    await service.services.sessions.purge();
    expect(await known()).toBe(0);
  });
});

describe('SEC-41: the log tells', () => {
  test('which session was signed out, once', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const sessionId = await idOf(browser);
    const copy = browser.copy();
    for (const same of [browser, copy]) expect((await same.post('/auth/logout')).status).toBe(204);
    const events = await service.eventsOf(user, 'session.signed_out');
    expect(events).toMatchObject([{ actor: { id: user.id }, details: { sessionId } }]);
  });

  test('which were ended by the user, and nothing where none was', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const sessionId = await idOf(await service.signIn(user));
    expect((await browser.delete(`/me/sessions/${sessionId}`)).status).toBe(204);
    await service.signIn(user);
    await service.signIn(user);
    for (let times = 0; times < 2; times += 1) expect((await browser.delete('/me/sessions')).status).toBe(204);
    const events = await service.eventsOf(user, 'session.revoked');
    expect(events.map(({ details }: { details: object }) => details)).toEqual([{ count: 2 }, { count: 1, sessionId }]);
  });

  test('SEC-21: and a mail tells the user, when a token came twice, once', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const sessionId = await idOf(browser);
    const thief = browser.copy();
    await browser.post('/auth/refresh');
    service.clock.advance({ seconds: 11 });
    const again = thief.copy();
    expect((await thief.post('/auth/refresh')).body).toMatchObject({
      ...{ code: 'refresh_token_reused', detail: expect.stringContaining('change your password') },
    });
    expect((await again.post('/auth/refresh')).status).toBe(401);
    expect(await service.eventsOf(user, 'session.refresh_token_reused')).toMatchObject([
      { outcome: 'failure', actor: null, subject: { id: user.id }, details: { sessionId } },
    ]);
    expect((await service.mailsTo(user.email)).filter((subject) => /ended for safety/.test(subject))).toHaveLength(1);
  });
});

test('a refresh that fails for reasons of ours leaves the browser its cookies', async () => {
  const browser = await service.signIn(await service.user());
  const { status, cookies } = await service.unwritable('refresh_tokens', () => browser.post('/auth/refresh'));
  expect({ status, cookies }).toEqual({ status: 503, cookies: [] });
  expect((await browser.post('/auth/refresh')).status).toBe(204);
});

test('SEC-43: a proof is fresh for 15 minutes, and not a moment longer', async () => {
  const browser = await service.signIn(await service.user());
  service.clock.advance({ seconds: PROOF_SECONDS });
  await browser.post('/auth/refresh');
  expect((await browser.get('/me/export')).status).toBe(200);
  service.clock.advance({ seconds: 1 });
  expect((await browser.get('/me/export')).body.code).toBe('reauthentication_required');
});
