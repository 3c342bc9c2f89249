import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { TestApp, type TestOrganization } from '../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const readWrite = { role: 'admin', access: 'read_write' } as const;
const off = { localSignInEnabled: false };

/** A customer with a working connection, an admin of it who came through that, and a maker of users by what they have. */
async function customerWithSso(partner?: TestOrganization) {
  const organization = await service.customer(partner ?? (await service.partner()));
  const connection = await service.workingConnection(organization);
  const person = (name: string, has: { password?: null; at?: string; status?: 'invited' | 'disabled' } = {}) => {
    const { at = connection.domain, ...options } = has;
    return service.user({ organization, name, email: `${name}-${newId()}@${at}`, ...options });
  };
  const link = (user: { id: string }, connectionId = connection.id) =>
    service.db.federatedIdentity.create({
      data: {
        id: newId(),
        organizationId: organization.id,
        userId: user.id,
        connectionId,
        issuer: 'https://accounts.google.com',
        subject: user.id,
        linkedAt: service.clock.now(),
      },
    });
  const user = await service.user({
    organization,
    ...readWrite,
    name: 'admin',
    email: `a-${newId()}@elsewhere.example`,
  });
  await link(user);
  const admin = await service.signInThrough(connection, user);
  const settings = `/organizations/${organization.id}/settings`;
  return { admin, connection, link, organization, person, preview: `${settings}/preview`, settings, user };
}

const nobody = { otherwise: 0, inGrace: 0, stranded: 0, users: [], nextCursor: null, customers: [] };

describe('SEC-35: before local sign-in is switched off', () => {
  test('an admin sees by name who would be left without a way in, and nothing is changed', async () => {
    const { admin, link, organization, person, preview, settings } = await customerWithSso();
    await person('known-by-address', { password: null, status: 'invited' });
    await person('in-the-way');
    await link(await person('linked', { at: 'elsewhere.example' }));
    const stranded = await person('stranded', { at: 'elsewhere.example' });
    const unmatched = await person('invited', { at: 'else.example', password: null, status: 'invited' });
    await person('gone', { at: 'elsewhere.example', status: 'disabled' });
    expect(await admin.post(preview, off)).toMatchObject({
      status: 200,
      body: {
        // The admin, the linked one, and the one whom the first sign-in links.
        ready: 3,
        inGrace: 1,
        stranded: 2,
        users: [
          { id: unmatched.id, email: unmatched.email, name: 'invited', organization: { id: organization.id } },
          { id: stranded.id, email: stranded.email, name: 'stranded', why: 'no_domain' },
        ],
        nextCursor: null,
        customers: [],
      },
    });
    const first = (await admin.post(`${preview}?limit=1`, off)).body;
    const second = (await admin.post(`${preview}?limit=1&cursor=${first.nextCursor}`, off)).body;
    expect([...first.users, ...second.users].map(({ id }) => id)).toEqual([unmatched.id, stranded.id]);
    expect(second.nextCursor).toBeNull();
    expect((await admin.get(settings)).body.localSignInEnabled).toBe(true);
    // With passwords everybody comes in.
    expect((await admin.post(preview, { sessionIdleMinutes: 30 })).body).toEqual({ ready: 6, ...nobody });
  });

  test('what does not work counts for nobody', async () => {
    const { admin, connection, organization, person, preview } = await customerWithSso();
    const reader = await service.user({ organization, role: 'admin', access: 'read_only', name: 'reader' });
    await person('in-the-way');
    await service.db.domain.updateMany({ where: { name: connection.domain }, data: { verifiedAt: null } });
    expect((await admin.post(preview, off)).body).toMatchObject({ ready: 1, inGrace: 0, stranded: 2 });
    await service.db.ssoConnection.update({ where: { id: connection.id }, data: { lastSignInAt: null } });
    const { body, status } = await (await service.signIn(reader)).post(preview, off);
    expect(status).toBe(200);
    expect(body.users.map(({ why }: { why: string }) => why)).toEqual(Array(3).fill('no_connection'));
  });

  test('a SAML provider that tells no address finds nobody by one', async () => {
    const { admin, connection, person, preview } = await customerWithSso();
    await person('in-the-way');
    const saml = (config: object) =>
      service.db.ssoConnection.update({ where: { id: connection.id }, data: { kind: 'saml', config } });
    const inGrace = async () => (await admin.post(preview, off)).body.inGrace;
    await saml({ subject: { source: 'name_id', format: 'persistent' } });
    expect(await inGrace()).toBe(0);
    await saml({ subject: { source: 'name_id', format: 'email_address' } });
    expect(await inGrace()).toBe(1);
    await saml({ subject: { source: 'name_id', format: 'persistent' }, attributes: { email: 'mail' } });
    expect(await inGrace()).toBe(1);
  });

  test('a partner sees its own, those of the customers that follow, and the customers that would keep passwords', async () => {
    const partner = await service.partner();
    const user = await service.user({ organization: partner, ...readWrite });
    const admin = await service.signInThrough(await service.workingConnection(partner), user);
    const follows = await customerWithSso(partner);
    const stranded = await follows.person('stranded', { at: 'elsewhere.example' });
    const keeps = await service.customer(partner);
    await service.user({ organization: keeps });
    const { body } = await admin.post(`/organizations/${partner.id}/settings/preview`, off);
    expect(body).toMatchObject({
      ready: 1,
      // Both admins have a password; that of the partner, and the one of the customer who is not linked.
      stranded: 2,
      customers: [{ id: keeps.id, slug: keeps.slug, name: keeps.name }],
    });
    expect(body.users.map(({ id }: { id: string }) => id).toSorted()).toEqual([user.id, stranded.id].toSorted());
  });

  test('members and other organizations see nothing', async () => {
    const { organization, preview } = await customerWithSso();
    const member = await service.signIn(await service.user({ organization }));
    expect((await member.post(preview, off)).status).toBe(403);
    const outside = await service.signIn(await service.user(readWrite));
    expect((await outside.post(preview, off)).status).toBe(404);
  });
});

describe('SSO-only by an admin', () => {
  const remove = (user: { id: string }) => `/users/${user.id}/local-password/remove`;

  test('password, factor and what began with them are gone, and the user is told', async () => {
    const { admin, person, user: self } = await customerWithSso();
    const user = await person('ann');
    const browser = await service.signIn(user);
    await service.enroll(browser);
    await service.browser().post('/auth/password-reset', { email: user.email });
    await service.resources.afterwards.settle();
    expect(await service.db.emailedToken.count({ where: { userId: user.id } })).toBe(1);
    const before = (await admin.get(`/users/${user.id}`)).headers.etag;
    const answer = await admin.post(remove(user));
    expect(answer).toMatchObject({ status: 200, body: { id: user.id, hasPassword: false, mfaEnabled: false } });
    expect(answer.headers.etag).not.toBe(before);
    expect((await browser.get('/me')).status).toBe(401);
    const { email, password } = user;
    expect((await service.browser().post('/auth/login', { email, password })).body.code).toBe('invalid_credentials');
    expect(await service.db.totpAuthenticator.count({ where: { userId: user.id } })).toBe(0);
    expect(await service.db.emailedToken.count({ where: { userId: user.id } })).toBe(0);
    const mail = (await service.mailTextsTo(user.email)).at(-1);
    expect(mail).toContain('took the password of your account away');
    expect(mail).toContain('remove the account from your authenticator app');
    const [event] = (await admin.get('/audit-events?action=password.removed')).body.items;
    expect(event).toMatchObject({
      actor: { id: self.id },
      subject: { id: user.id, name: user.email },
      details: { mfaRemoved: true },
    });
    // Asked again, nothing happens.
    expect((await admin.post(remove(user))).body).toEqual(answer.body);
    expect((await admin.get('/audit-events?action=password.removed')).body.items).toHaveLength(1);
  });

  test('a session that began at the provider goes on', async () => {
    const { admin, connection, person } = await customerWithSso();
    const user = await person('ann');
    const through = await service.signInThrough(connection, user);
    const byPassword = await service.signIn(user);
    expect((await admin.post(remove(user))).status).toBe(200);
    expect((await through.get('/me')).body).toMatchObject({ hasPassword: false });
    expect((await byPassword.get('/me')).status).toBe(401);
    const { email } = user;
    expect((await byPassword.post('/auth/refresh')).status).toBe(401);
    expect(await service.mailsTo(email)).toEqual(['You sign in through single sign-on now']);
  });

  test.each([
    ['no connection of the organization works', { broken: true }],
    ['no verified domain takes the address', { at: 'elsewhere.example' }],
  ])('SEC-35: not where %s', async (_, { at, broken }: { at?: string; broken?: boolean }) => {
    const { admin, connection, person } = await customerWithSso();
    const user = await person('ann', at === undefined ? {} : { at });
    if (broken) await service.db.ssoConnection.update({ where: { id: connection.id }, data: { enabled: false } });
    expect(await admin.post(remove(user))).toMatchObject({ status: 409, body: { code: 'no_working_sso' } });
    expect(await service.db.localCredential.count({ where: { userId: user.id } })).toBe(1);
  });

  test('SEC-40: not of oneself, of somebody above or outside, nor by who may only read or has MFA and did not use it', async () => {
    const { admin, organization, person, user: self } = await customerWithSso();
    expect((await admin.post(remove(self))).status).toBe(403);
    const user = await person('ann');
    const reader = await service.user({ organization, role: 'admin', access: 'read_only' });
    expect((await (await service.signIn(reader)).post(remove(user))).status).toBe(403);
    expect((await (await service.signIn(await service.user(readWrite))).post(remove(user))).status).toBe(404);
    const { browser, user: careful } = await service.enrolledUser({ organization, ...readWrite });
    await service.db.session.updateMany({ where: { userId: careful.id }, data: { method: 'sso', aal: 1 } });
    expect((await browser.post(remove(user))).body.code).toBe('reauthentication_required');
    expect(await service.db.localCredential.count({ where: { userId: { in: [user.id, self.id] } } })).toBe(2);
  });
});
