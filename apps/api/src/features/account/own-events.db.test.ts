import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;

let service: TestApp;
let partner: TestOrganization;
let organization: TestOrganization;
beforeAll(async () => {
  service = await TestApp.start();
  partner = await service.partner({ rememberedDeviceDays: 30 });
  organization = await service.customer(partner);
});
afterAll(() => service.stop());

interface OwnEvent {
  id: string;
  action: string;
  isActor: boolean;
  address?: string;
}
const eventsOf = async (browser: Browser, query = ''): Promise<OwnEvent[]> =>
  (await browser.get(`/me/events${query}`)).body.items;
const liveSessions = ({ id: userId }: TestUser) => service.db.session.count({ where: { userId, revokedAt: null } });

describe('the events of the own account', () => {
  test('newest first, in pages, and those of nobody else', async () => {
    const { browser, user } = await service.enrolledUser({ organization });
    await service.enrolledUser({ organization });
    const all = await eventsOf(browser);
    expect(all.map(({ action }) => action)).toEqual(['mfa.enabled', 'mfa.enrollment_started', 'session.signed_in']);
    const first = (await browser.get('/me/events?limit=2')).body;
    const second = (await browser.get(`/me/events?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.nextCursor).toBeNull();
    const others = await service.signIn(await service.user({ organization }));
    expect(await others.get(`/me/events?limit=2&cursor=${first.nextCursor}`)).toMatchObject({ status: 400 });
    expect(JSON.stringify(await eventsOf(others))).not.toContain(user.email);
  });

  test('of what an admin did it says what, and neither who nor from where', async () => {
    const user = await service.user({ organization });
    const admin = await service.user({ organization, ...READ_WRITE });
    await (await service.signIn(admin)).patch(`/users/${user.id}`, { name: 'Other' });
    const [, changed] = await eventsOf(await service.signIn(user));
    expect(changed).toMatchObject({ action: 'user.updated', isActor: false, isSubject: true });
    expect(changed?.address).toBeUndefined();
    expect(JSON.stringify(changed)).not.toContain(admin.email);
  });
});

describe('that was not me', () => {
  test('ends every other session, half-done sign-in and remembered device, and alerts the admins', async () => {
    const admin = await service.user({ organization, ...READ_WRITE });
    const { user, browser, secret } = await service.enrolledUser({ organization });
    service.clock.advance({ seconds: 60 });
    const thief = service.browser();
    await thief.post('/auth/login', { email: user.email, password: user.password });
    const code = { method: 'totp', code: service.code(secret), rememberDevice: true };
    expect((await thief.post('/auth/login/mfa', code)).status).toBe(200);
    const halfway = service.browser();
    service.clock.advance({ seconds: 60 });
    await halfway.post('/auth/login', { email: user.email, password: user.password });

    const event = (await eventsOf(browser)).find(({ action }) => action === 'session.signed_in');
    const answer = await browser.post('/me/not-me', { eventId: event?.id });
    expect(answer).toMatchObject({ status: 200, body: { sessionsEnded: 1, resetStopped: false } });

    expect((await browser.get('/me')).status).toBe(200);
    expect((await thief.get('/me')).status).toBe(401);
    const late = { method: 'totp', code: service.code(secret) };
    expect((await halfway.post('/auth/login/mfa', late)).body.code).toBe('challenge_expired');
    expect(await service.db.rememberedDevice.count({ where: { userId: user.id } })).toBe(0);
    const alarm = (await service.mailTextsTo(admin.email)).find((text) => text.includes(user.email));
    expect(alarm).toContain('session.signed_in');
    const [told] = await service.eventsOf(user, 'account.disputed');
    expect(told?.details).toMatchObject({ about: 'session.signed_in', sessionsEnded: 1, eventId: event?.id });
  });

  test('stops a reset that waits', async () => {
    const waiting = await service.customer(partner, { resetDelayHours: 24 });
    const { user, browser } = await service.enrolledUser({ organization: waiting });
    const admin = await service.signIn(await service.user({ organization: waiting, ...READ_WRITE }));
    expect((await admin.patch(`/users/${user.id}`, { mfaEnabled: false })).body.pendingReset).toBeDefined();
    expect((await browser.post('/me/not-me', {})).body).toMatchObject({ resetStopped: true });
    expect(await service.db.waitingReset.count({ where: { userId: user.id } })).toBe(0);
  });

  test('the admins are mailed three times an hour at most; it is done and told in the log every time', async () => {
    const alone = await service.customer(partner);
    const admin = await service.user({ organization: alone, ...READ_WRITE });
    const user = await service.user({ organization: alone });
    const browser = await service.signIn(user);
    for (let i = 0; i < 5; i++) {
      await service.signIn(user);
      expect((await browser.post('/me/not-me', {})).body.sessionsEnded).toBe(1);
    }
    expect(await liveSessions(user)).toBe(1);
    expect(await service.eventsOf(user, 'account.disputed')).toHaveLength(5);
    expect((await service.mailTextsTo(admin.email)).filter((text) => text.includes(user.email))).toHaveLength(3);
  });

  test('about an event of somebody else it is not found, and nothing is done', async () => {
    const [one, other] = [await service.user({ organization }), await service.user({ organization })];
    const browser = await service.signIn(one);
    await service.signIn(one);
    const [event] = await eventsOf(await service.signIn(other));
    expect((await browser.post('/me/not-me', { eventId: event?.id })).body.code).toBe('not_found');
    expect(await liveSessions(one)).toBe(2);
  });
});
