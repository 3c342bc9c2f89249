import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp } from '../../testing/app.ts';
import { AuthenticatorMaker } from '../../testing/authenticator-maker.ts';
import { readSeedDocument, type SeedOutcome, SeedRefused } from './service.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const actorName = 'operator: seed';
const nothing: SeedOutcome = {
  organizationsCreated: 0,
  organizationsUpdated: 0,
  domainsVerified: 0,
  usersCreated: 0,
  usersUpdated: 0,
};

interface SeedUser {
  email: string;
  name: string;
  role: string;
  access: string;
  password?: string;
}

const user = (email: string, more: Partial<SeedUser> = {}): SeedUser => ({
  email,
  name: 'Some One',
  role: 'member',
  access: 'read_only',
  ...more,
});

let tenants = 0;

/** Names that no other test has. */
function newTenant() {
  tenants += 1;
  const slug = `tenant-${tenants}`;
  return { slug, domain: `${slug}.example`, at: (name: string) => `${name}@${slug}.example` };
}

const seed = (partner: object) =>
  service.services.seed.apply(readSeedDocument(JSON.stringify({ partners: [partner] })), { actorName });

const refusal = (partner: object) =>
  seed(partner).then(
    () => [],
    (error: unknown) => {
      if (error instanceof SeedRefused) return error.faults;
      throw error;
    },
  );

const signIn = (email: string, password: string) => service.browser().post('/auth/login', { email, password });

const findUser = (email: string) =>
  service.db.user.findUniqueOrThrow({ where: { email }, include: { localCredential: true, organization: true } });

const eventsSince = (sequence: bigint) =>
  service.db.auditEvent.findMany({ where: { sequence: { gt: sequence } }, orderBy: { sequence: 'asc' } });

const lastSequence = async (): Promise<bigint> =>
  (await service.db.auditEvent.aggregate({ _max: { sequence: true } }))._max.sequence ?? 0n;

describe('seed', () => {
  test('creates partner, customer, domains and users, who can sign in', async () => {
    const { slug, domain, at } = newTenant();
    const before = await lastSequence();
    const outcome = await seed({
      slug,
      name: 'Partner',
      domains: [domain],
      settings: { sessionIdleMinutes: 30 },
      users: [user(at('pat'), { role: 'admin', access: 'read_write', password: 'Passw0rd!' })],
      customers: [{ slug: `${slug}-customer`, name: 'Customer', users: [user(at('sam'))] }],
    });
    expect(outcome).toEqual({ ...nothing, organizationsCreated: 2, domainsVerified: 1, usersCreated: 2 });

    expect((await signIn(at('pat'), 'Passw0rd!')).body).toMatchObject({
      status: 'authenticated',
      user: { email: at('pat'), role: 'admin', access: 'read_write', organization: { slug, kind: 'partner' } },
    });
    expect(await findUser(at('sam'))).toMatchObject({
      status: 'active',
      localCredential: null,
      organization: { slug: `${slug}-customer`, kind: 'customer' },
    });
    expect(await service.db.organization.findUnique({ where: { slug } })).toMatchObject({ sessionIdleMinutes: 30 });
    expect(await service.db.domain.findFirst({ where: { name: domain } })).toMatchObject({
      verifiedAt: service.clock.now(),
    });
    expect((await eventsSince(before)).filter((event) => event.actorName === actorName)).toMatchObject([
      { action: 'seed.applied', details: { usersCreated: 2 } },
    ]);
  });

  test('a second run changes nothing at all', async () => {
    const { slug, domain, at } = newTenant();
    const file = {
      slug,
      name: 'Partner',
      domains: [domain],
      settings: { localSignInEnabled: false },
      users: [user(at('pat'), { password: 'Passw0rd!' }), user(at('sam'))],
    };
    await seed(file);
    const before = [await lastSequence(), await findUser(at('pat')), await findUser(at('sam'))];
    service.clock.advance({ minutes: 1 });
    expect(await seed(file)).toEqual(nothing);
    expect([await lastSequence(), await findUser(at('pat')), await findUser(at('sam'))]).toEqual(before);
  });

  test('sets which passkeys may be added, once', async () => {
    const { slug } = newTenant();
    const { root } = await AuthenticatorMaker.start();
    const model = { aaguid: '2FC0579F-8113-47EA-B116-BB5A8DB9202A', name: 'Blue key' };
    const file = (roots: string[]) => ({ slug, name: 'P', settings: { passkeyModels: { models: [model], roots } } });
    expect(() => seed(file(['none']))).toThrow('/passkeyModels/roots/0 is no X.509 certificate in PEM');
    expect(await seed(file([root]))).toMatchObject({ organizationsCreated: 1 });
    const { passkeyModels } = await service.db.organization.findUniqueOrThrow({ where: { slug } });
    expect(passkeyModels).toMatchObject({ models: [{ aaguid: model.aaguid.toLowerCase() }] });
    expect(await seed(file([root]))).toEqual(nothing);
  });

  test('updates what differs, audits it for the organization, and leaves the rest', async () => {
    const { slug, at } = newTenant();
    await seed({ slug, name: 'Old', settings: { sessionIdleMinutes: 20 }, users: [user(at('a')), user(at('b'))] });
    const before = await lastSequence();
    const outcome = await seed({
      slug,
      name: 'New',
      settings: { localSignInEnabled: false },
      users: [user(at('a'), { name: 'Renamed', role: 'admin' })],
    });
    expect(outcome).toEqual({ ...nothing, organizationsUpdated: 1, usersUpdated: 1 });
    const organization = await service.db.organization.findUniqueOrThrow({ where: { slug } });
    expect(organization).toMatchObject({ name: 'New', localSignInEnabled: false, sessionIdleMinutes: 20 });
    expect(await findUser(at('a'))).toMatchObject({ name: 'Renamed', role: 'admin', version: 2 });
    expect(await findUser(at('b'))).toMatchObject({ version: 1 });
    const organizationId = organization.id;
    expect(await eventsSince(before)).toMatchObject([
      { action: 'organization.updated', organizationId, details: { name: 'New' } },
      { action: 'settings.updated', organizationId, details: { localSignInEnabled: false } },
      {
        action: 'user.updated',
        organizationId,
        subjectId: expect.any(String),
        details: { role: ['member', 'admin'] },
      },
      { action: 'seed.applied', organizationId: null },
    ]);
  });

  test('SEC-5: another password ends the sessions and keeps MFA', async () => {
    const { slug, at } = newTenant();
    const withPassword = (password: string) => ({ slug, name: 'P', users: [user(at('pat'), { password })] });
    await seed(withPassword('the first password'));
    const pat = await findUser(at('pat'));
    const browser = await service.signIn({ ...pat, password: 'the first password' });
    await service.enroll(browser, 'the first password');

    expect(await seed(withPassword('the other password'))).toEqual({ ...nothing, usersUpdated: 1 });
    expect((await browser.get('/me')).status).toBe(401);
    expect((await signIn(at('pat'), 'the first password')).status).toBe(401);
    expect((await signIn(at('pat'), 'the other password')).body).toMatchObject({ status: 'mfa_required' });
    expect(await service.db.auditEvent.count({ where: { subjectId: pat.id, action: 'password.changed' } })).toBe(1);
  });

  test('a user without password in the file loses password, authenticator and sessions', async () => {
    const { slug, at } = newTenant();
    const file = (more: Partial<SeedUser>) => ({ slug, name: 'P', users: [user(at('pat'), more)] });
    await seed(file({ password: 'the first password' }));
    const pat = await findUser(at('pat'));
    const browser = await service.signIn({ ...pat, password: 'the first password' });
    await service.enroll(browser, 'the first password');

    const before = await lastSequence();
    await seed(file({}));
    expect((await browser.get('/me')).status).toBe(401);
    expect((await signIn(at('pat'), 'the first password')).status).toBe(401);
    expect(await findUser(at('pat'))).toMatchObject({ status: 'active', localCredential: null });
    expect(await service.db.totpAuthenticator.count({ where: { userId: pat.id } })).toBe(0);
    expect((await eventsSince(before)).map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['user.updated', pat.id],
      ['mfa.reset', pat.id],
      ['seed.applied', null],
      // The sign-in that failed came after.
      ['session.sign_in_failed', pat.id],
    ]);
  });

  test('makes invited and disabled users of the file active', async () => {
    const { slug, at } = newTenant();
    const file = { slug, name: 'P', users: [user(at('i'), { password: 'Passw0rd!' }), user(at('d'))] };
    await seed({ ...file, users: file.users.map(({ password: _, ...rest }) => rest) });
    const [invited, disabled] = [await findUser(at('i')), await findUser(at('d'))];
    await service.db.user.update({ where: { id: invited.id }, data: { status: 'invited' } });
    await service.db.user.update({ where: { id: disabled.id }, data: { status: 'disabled' } });
    const token = await service.resources.database.transaction((tx) =>
      service.services.emailedTokens.issue(tx, invited.id, 'invitation'),
    );

    expect(await seed(file)).toEqual({ ...nothing, usersUpdated: 2 });
    expect(await findUser(at('d'))).toMatchObject({ status: 'active' });
    expect((await signIn(at('i'), 'Passw0rd!')).status).toBe(200);
    expect((await service.browser().post('/auth/invitation', { token })).status).toBe(410);
  });

  test('refuses what belongs to others, and writes nothing', async () => {
    const mine = newTenant();
    const other = newTenant();
    await seed({
      slug: other.slug,
      name: 'Other',
      domains: [other.domain],
      users: [user(other.at('oz'))],
      customers: [{ slug: `${other.slug}-customer`, name: 'Customer' }],
    });
    const before = await lastSequence();
    const faults = await refusal({
      slug: mine.slug,
      name: 'Mine',
      domains: [mine.domain, other.domain],
      users: [user(mine.at('me')), user(other.at('oz'))],
      customers: [
        { slug: `${other.slug}-customer`, name: 'Customer' },
        { slug: other.slug, name: 'Other' },
      ],
    });
    expect(faults).toEqual([
      { pointer: '/partners/0/domains/1', message: 'belongs to another organization' },
      { pointer: '/partners/0/users/1/email', message: 'is a user of another organization' },
      { pointer: '/partners/0/customers/0/slug', message: 'is a customer of another partner' },
      { pointer: '/partners/0/customers/1/slug', message: 'is the slug of a partner' },
    ]);
    expect(await service.db.organization.count({ where: { slug: mine.slug } })).toBe(0);
    expect(await lastSequence()).toBe(before);
  });

  test('of several runs at once one writes, and the others find it done', async () => {
    const { slug, domain, at } = newTenant();
    const file = {
      slug,
      name: 'P',
      domains: [domain],
      users: [user(at('a'), { password: 'Passw0rd!' }), user(at('b'))],
    };
    const before = await lastSequence();
    const outcomes = await Promise.all([seed(file), seed(file), seed(file)]);
    expect(outcomes.map(({ usersCreated }) => usersCreated).sort()).toEqual([0, 0, 2]);
    expect((await eventsSince(before)).map(({ action }) => action)).toEqual(['seed.applied']);
    expect((await signIn(at('a'), 'Passw0rd!')).status).toBe(200);
  });

  test('takes a thousand users, whatever the pool of hashes queues', async () => {
    const { slug, at } = newTenant();
    const users = Array.from({ length: 1000 }, (_, index) =>
      user(at(`user-${index}`), { password: `password-${index}` }),
    );
    const document = readSeedDocument(JSON.stringify({ partners: [{ slug, name: 'Many', users }] }));
    const progress: [number, number][] = [];
    const outcome = await service.services.seed.apply(document, {
      actorName,
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(outcome).toMatchObject({ usersCreated: 1000 });
    expect(progress).toHaveLength(1000);
    expect(progress.at(-1)).toEqual([1000, 1000]);
    expect((await signIn(at('user-999'), 'password-999')).status).toBe(200);
  }, 60_000);
});
