import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../platform/crypto/ids.ts';
import { TestApp } from '../../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const readWrite = { role: 'admin', access: 'read_write' } as const;
const ROUNDS = 6;

/** A customer with connections through which people came in, and an admin of its partner, who is not shut out. */
async function customerWith(connections: number, { localSignInEnabled }: { localSignInEnabled: boolean }) {
  const partner = await service.partner();
  const organization = await service.customer(partner, { localSignInEnabled });
  const admin = await service.signIn(await service.user({ organization: partner, ...readWrite }));
  const settings = `/organizations/${organization.id}/settings`;
  const path = `/organizations/${organization.id}/sso-connections`;
  const domain = `d-${newId()}.example`;
  const now = service.clock.now();
  await service.db.domain.create({ data: { name: domain, organizationId: organization.id, verifiedAt: now } });
  const config = { clientId: 'client', hostedDomains: [domain] };
  const ids: string[] = [];
  for (let count = 0; count < connections; count++) {
    const body = { name: 'Google', kind: 'google', enabled: true, config: { ...config, clientSecret: 'one' } };
    const { id } = (await admin.post(path, { ...body, domains: [domain] })).body;
    await service.db.ssoConnection.update({ where: { id }, data: { lastSignInAt: now } });
    ids.push(id);
  }
  const [first = ''] = ids;
  return { admin, config, domain, first, ids, organization, own: `${path}/${first}`, path, settings };
}

const refused = { status: 409, body: { code: 'no_working_sso' } };
const waysIn = (organizationId: string) =>
  service.db.ssoConnection.count({ where: { organizationId, enabled: true, lastSignInAt: { not: null } } });

describe('SEC-35: where local sign-in is off', () => {
  test('no change takes the last way in, nor a detour over several', async () => {
    const { admin, config, own } = await customerWith(1, { localSignInEnabled: false });
    // Both wait for their test; see staged-changes.db.test.ts.
    expect((await admin.patch(own, { config: { ...config, clientId: 'nonsense' } })).status).toBe(200);
    expect((await admin.patch(own, { config: { ...config, clientSecret: 'two' } })).status).toBe(200);
    expect(await admin.patch(own, { enabled: false })).toMatchObject(refused);
    expect(await admin.delete(own)).toMatchObject(refused);
    const { body, headers } = await admin.get(own);
    expect(body).toMatchObject({ working: true, enabled: true, config: { clientId: 'client' } });
    expect(headers.etag).toMatch(/^"1\./);
    // What leaves it working is free.
    expect((await admin.patch(own, { name: 'Other', mfaPolicy: 'require_local' })).status).toBe(200);
  });

  test('the last domain that people are found by stays too', async () => {
    const { admin, domain, own, organization } = await customerWith(1, { localSignInEnabled: false });
    expect(await admin.delete(`/organizations/${organization.id}/domains/${domain}`)).toMatchObject(refused);
    expect(await admin.patch(own, { domains: [] })).toMatchObject(refused);
  });

  test('beside another way in all of it is allowed', async () => {
    for (const change of [{ enabled: false }, { config: { clientId: 'other', hostedDomains: ['a.example'] } }]) {
      const { admin, own } = await customerWith(2, { localSignInEnabled: false });
      expect((await admin.patch(own, change)).status).toBe(200);
    }
    const two = await customerWith(2, { localSignInEnabled: false });
    expect((await two.admin.delete(two.own)).status).toBe(204);
    const local = await customerWith(1, { localSignInEnabled: true });
    expect((await local.admin.delete(`/organizations/${local.organization.id}/domains/${local.domain}`)).status).toBe(
      204,
    );
    expect((await local.admin.delete(local.own)).status).toBe(204);
  });

  test('of two deletions at once one is refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { admin, ids, organization, path } = await customerWith(2, { localSignInEnabled: false });
      const answers = await Promise.all(ids.map((id) => admin.delete(`${path}/${id}`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect(await waysIn(organization.id)).toBe(1);
    }
  });

  test('of switching local sign-in off and disabling the only connection at once one is refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { admin, first, organization, own, settings } = await customerWith(1, { localSignInEnabled: true });
      const user = await service.user({ organization, ...readWrite });
      const switcher = await service.signIn(user);
      await service.db.session.updateMany({ where: { userId: user.id }, data: { method: 'sso', connectionId: first } });
      const answers = await Promise.all([
        switcher.patch(settings, { localSignInEnabled: false }),
        admin.patch(own, { enabled: false }),
      ]);
      const [winner, loser = 0] = answers.map(({ status }) => status).sort();
      expect(winner).toBe(200);
      // 401: disabling was so early that it ended the session of the other admin.
      expect([401, 409]).toContain(loser);
      const { localSignInEnabled } = (await admin.get(settings)).body;
      expect(localSignInEnabled).toBe((await waysIn(organization.id)) === 0);
    }
  });
});

describe('SEC-35: sessions that began through a connection', () => {
  async function withSession(connectionId: string, organization: { id: string; slug: string; name: string }) {
    const user = await service.user({ organization });
    const browser = await service.signIn(user);
    await service.db.session.updateMany({ where: { userId: user.id }, data: { method: 'sso', connectionId } });
    return browser;
  }

  test('end with a configuration that trusts less, where nobody was noted to have come in', async () => {
    const { admin, config, first, organization, own } = await customerWith(1, { localSignInEnabled: true });
    await service.db.ssoConnection.update({ where: { id: first }, data: { lastSignInAt: null } });
    const browser = await withSession(first, organization);
    const more = { ...config, hostedDomains: [...config.hostedDomains, 'more.example'] };
    expect((await admin.patch(own, { config: more })).status).toBe(200);
    expect((await browser.get('/me')).status).toBe(200);
    expect((await admin.patch(own, { config })).status).toBe(200);
    expect((await browser.get('/me')).status).toBe(401);
  });

  test.each(['disabling', 'deleting'] as const)('%s ends them', async (way) => {
    const { admin, first, organization, own } = await customerWith(1, { localSignInEnabled: true });
    const browser = await withSession(first, organization);
    expect((await browser.get('/me')).status).toBe(200);
    await (way === 'deleting' ? admin.delete(own) : admin.patch(own, { enabled: false }));
    expect((await browser.get('/me')).status).toBe(401);
  });
});
