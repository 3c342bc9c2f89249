import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../platform/database/cursor.ts';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { mailsTo, tokenIn } from '../../testing/mails.ts';

let service: TestApp;
let customer: TestOrganization;
let adminUser: TestUser;
let admin: Browser;

const readWrite = { role: 'admin', access: 'read_write' } as const;

beforeAll(async () => {
  service = await TestApp.start();
  customer = await service.customer(await service.partner());
  adminUser = await service.user({ organization: customer, ...readWrite });
  admin = await service.signIn(adminUser);
});
afterAll(() => service.stop());

let serial = 0;
const newUser = (overrides: Record<string, unknown> = {}) => ({
  email: `new-${serial++}@example.com`,
  name: 'New',
  organizationId: customer.id,
  role: 'member',
  access: 'read_only',
  ...overrides,
});

const eventsOf = async (userId: string) => (await admin.get(`/audit-events?userId=${userId}`)).body.items;

describe('POST /users', () => {
  test('with a password makes a user who can sign in', async () => {
    const input = newUser({ email: '  New.Person@EXAMPLE.com ', name: ' New Person ', password: GOOD_PASSWORD });
    const { status, body, headers } = await admin.post('/users', input);
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        email: 'new.person@example.com',
        name: 'New Person',
        role: 'member',
        access: 'read_only',
        status: 'active',
        hasPassword: true,
        mfaEnabled: false,
        organization: { id: customer.id, slug: customer.slug, name: customer.name, kind: 'customer' },
        lastSignInAt: null,
        createdAt: service.clock.now().toISOString(),
      },
    });
    expect(headers.etag).toMatch(/^"[^"]+"$/);
    await service.signIn({ id: body.id, email: body.email, password: GOOD_PASSWORD, organization: customer });
    expect((await admin.get(`/users/${body.id}`)).body.lastSignInAt).toBe(service.clock.now().toISOString());
    expect((await eventsOf(body.id)).at(-1)).toMatchObject({
      action: 'user.created',
      actor: { name: adminUser.email },
      details: { role: 'member', access: 'read_only', status: 'active' },
    });
    expect(await mailsTo(service, body.email)).toEqual([]);
  });

  test('without one invites, and the mailed link sets it', async () => {
    const { body } = await admin.post('/users', newUser());
    expect(body).toMatchObject({ status: 'invited', hasPassword: false });
    const [mail] = await mailsTo(service, body.email);
    expect(mail?.text).toContain('http://localhost:3000/accept-invitation#token=');
    const accepted = await service
      .browser()
      .post('/auth/invitation/accept', { token: tokenIn(mail), password: GOOD_PASSWORD });
    expect(accepted.status).toBe(204);
    await service.signIn({ id: body.id, email: body.email, password: GOOD_PASSWORD, organization: customer });
    expect((await admin.get(`/users/${body.id}`)).body).toMatchObject({ status: 'active', hasPassword: true });
  });

  test('an address has one user, in every spelling and every tenant', async () => {
    const elsewhere = await service.user();
    const { email } = (await admin.post('/users', newUser())).body;
    const answers = [];
    for (const taken of [email, email.toUpperCase(), elsewhere.email]) {
      const { status, body } = await admin.post('/users', newUser({ email: taken }));
      const { requestId: _, ...rest } = body;
      answers.push({ status, rest });
    }
    expect(answers[0]).toMatchObject({ status: 409, rest: { code: 'email_taken', errors: [{ pointer: '/email' }] } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('of two at once with one address, one is made', async () => {
    const input = newUser({ password: GOOD_PASSWORD });
    const answers = await Promise.all([1, 2, 3].map(() => admin.post('/users', input)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('SEC-1: a password that is easy to guess is refused', async () => {
    for (const password of ['short', 'password123', '        ']) {
      const answer = await admin.post('/users', newUser({ password }));
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'weak_password', errors: [{ pointer: '/password' }] },
      });
    }
  });

  test.each([
    { email: 'no address' },
    { email: 'a@b@c' },
    { name: ' ' },
    { name: 'NUL \0' },
    { role: 'owner' },
    { access: 'all' },
    { organizationId: 'x' },
    { status: 'active' },
    { password: '' },
    { password: null },
  ])('SEC-50: %j is refused and nothing is written', async (fault) => {
    const input = newUser(fault);
    const answer = await admin.post('/users', input);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await service.db.user.count({ where: { email: input.email } })).toBe(0);
  });
});

describe('GET /users', () => {
  let org: TestOrganization;
  let browser: Browser;
  const emails: string[] = [];

  beforeAll(async () => {
    org = await service.customer(await service.partner());
    const boss = await service.user({ organization: org, ...readWrite });
    browser = await service.signIn(boss);
    emails.push(boss.email);
    for (const name of ['Änne Öztürk', 'Bob 100%', 'Bob_Builder', 'Carl \\ Backslash', 'Dora', 'Dora']) {
      emails.push((await service.user({ organization: org, name })).email);
    }
    emails.sort();
  });

  const namesFor = async (q: string) =>
    (await browser.get(`/users?${new URLSearchParams({ q })}`)).body.items
      .map(({ name }: { name: string }) => name)
      .sort();

  test('pages hold each user once, by email address', async () => {
    for (const limit of [1, 2, 3, 7, 100]) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await browser.get(`/users?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.items.map(({ email }: { email: string }) => email));
        cursor = body.nextCursor ?? '';
      } while (cursor);
      expect(seen).toEqual(emails);
    }
  });

  test('a page stays in place while users come', async () => {
    const { body } = await browser.get('/users?limit=3');
    await service.user({ organization: org, name: 'Late' });
    const rest = (await browser.get(`/users?limit=100&cursor=${body.nextCursor}`)).body.items;
    const seen = [...body.items, ...rest].map(({ email }: { email: string }) => email);
    expect(seen).toEqual(expect.arrayContaining(emails));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('q finds part of a name or address in any case, and takes no wildcards', async () => {
    expect(await namesFor('bob')).toEqual(['Bob 100%', 'Bob_Builder']);
    expect(await namesFor('%')).toEqual(['Bob 100%']);
    expect(await namesFor('_')).toEqual(['Bob_Builder']);
    expect(await namesFor('b_b')).toEqual(['Bob_Builder']);
    expect(await namesFor('\\ ')).toEqual(['Carl \\ Backslash']);
    expect(await namesFor('ÖZTÜRK')).toEqual(['Änne Öztürk']);
    expect(await namesFor('nobody at all')).toEqual([]);
    expect(await namesFor(emails[0]?.toUpperCase() ?? '')).toHaveLength(1);
    expect(await namesFor('')).toEqual(await namesFor('EXAMPLE.com'));
  });

  test.each([
    ...['limit=0', 'limit=101', 'limit=x', 'cursor=', 'cursor=x', 'organizationId=1', 'q=%00', 'order=name', 'sort=id'],
    ...[
      'role=owner',
      'status=',
      'mfaEnabled=yes',
      'hasPassword=',
      'lastSignInBefore=yesterday',
      'lastSignInBefore=0000-01-01T00:00:00Z',
    ],
  ])('SEC-50: %s is refused', async (query) => {
    expect(await browser.get(`/users?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  describe('filters', () => {
    const people: Record<'off' | 'on' | 'sso' | 'disabled', TestUser> = {} as typeof people;
    let boss: TestUser;
    let reader: Browser;

    beforeAll(async () => {
      const organization = await service.customer(await service.partner());
      boss = await service.user({ organization, ...readWrite });
      people.off = await service.user({ organization });
      people.on = (await service.enrolledUser({ organization })).user;
      people.sso = await service.user({ organization, password: null });
      people.disabled = await service.user({ organization, status: 'disabled' });
      service.clock.advance({ seconds: 10 });
      reader = await service.signIn(boss);
    });

    const found = async (query: Record<string, string>) => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const parameters = new URLSearchParams({ limit: '1', ...query, ...(cursor && { cursor }) });
        const { body } = await reader.get(`/users?${parameters}`);
        seen.push(...body.items.map(({ email }: { email: string }) => email));
        cursor = body.nextCursor ?? '';
      } while (cursor);
      return seen;
    };
    const addressesOf = (...users: TestUser[]) => users.map(({ email }) => email).sort();

    test('by role, status, password and second factor, alone and together', async () => {
      const { off, on, sso, disabled } = people;
      expect(await found({ role: 'admin' })).toEqual([boss.email]);
      expect(await found({ role: 'member' })).toEqual(addressesOf(off, on, sso, disabled));
      expect(await found({ status: 'disabled' })).toEqual([disabled.email]);
      expect(await found({ hasPassword: 'false' })).toEqual([sso.email]);
      expect(await found({ hasPassword: 'true' })).toEqual(addressesOf(boss, off, on, disabled));
      expect(await found({ mfaEnabled: 'true' })).toEqual([on.email]);
      expect(await found({ mfaEnabled: 'false' })).toEqual(addressesOf(boss, off, sso, disabled));
      expect(await found({ mfaEnabled: 'false', hasPassword: 'true', status: 'active', role: 'member' })).toEqual([
        off.email,
      ]);
      expect(await found({ q: 'nobody at all', role: 'admin' })).toEqual([]);
    });

    test('by the last sign-in: those who came before, and those who never came', async () => {
      const { off, on, sso, disabled } = people;
      const [{ lastSignInAt }] = (await reader.get('/users?mfaEnabled=true')).body.items;
      const before = (moment: string | Date) => found({ lastSignInBefore: new Date(moment).toISOString() });
      expect(await before(lastSignInAt)).toEqual(addressesOf(off, sso, disabled));
      expect(await before(service.clock.now())).toEqual(addressesOf(off, on, sso, disabled));
    });
  });

  describe('sorted', () => {
    type Found = { email: string; name: string; lastSignInAt: string | null; id: string };
    let reader: Browser;
    let organization: TestOrganization;

    beforeAll(async () => {
      organization = await service.customer(await service.partner());
      const boss = await service.user({ organization, ...readWrite, name: 'Bea' });
      const came = [
        await service.user({ organization, name: 'Ada' }),
        await service.user({ organization, name: 'Ada' }),
        await service.user({ organization, name: 'Cid' }),
      ];
      await service.user({ organization, name: 'Dan' });
      await service.user({ organization, name: 'Ada' });
      for (const user of came) {
        service.clock.advance({ hours: 11 });
        await service.signIn(user);
      }
      service.clock.advance({ hours: -33 });
      reader = await service.signIn(boss);
    });

    const walked = async (sort: string, limit: number): Promise<Found[]> => {
      const seen: Found[] = [];
      let cursor = '';
      do {
        const { body } = await reader.get(`/users?sort=${sort}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.items);
        cursor = body.nextCursor ?? '';
      } while (cursor);
      return seen;
    };

    test.each(['email', 'name', 'lastSignInAt'] as const)('by %s, and the other way round', async (by) => {
      const value = (user: Found) => user[by] ?? '';
      const all = await walked(by, 100);
      expect(all).toHaveLength(6);
      expect(all.map(value)).toEqual(all.map(value).sort());
      for (const limit of [1, 2, 5]) {
        expect(await walked(by, limit)).toEqual(all);
        expect(await walked(`-${by}`, limit)).toEqual([...all].reverse());
      }
    });

    test('a cursor belongs to its order, and one that was made up is refused', async () => {
      const { nextCursor } = (await reader.get('/users?limit=1&sort=name')).body;
      expect((await reader.get(`/users?limit=1&sort=-name&cursor=${nextCursor}`)).status).toBe(400);
      const filter = {
        ...{ q: undefined, organizationId: undefined, role: undefined, status: undefined, hasPassword: undefined },
        ...{ mfaEnabled: undefined, lastSignInBefore: undefined },
      };
      const { id } = organization;
      for (const [sort, places] of Object.entries({
        name: ['', 'Ada', `${'0'.repeat(36)}Ada`],
        lastSignInAt: ['', id, `${id}0000-01-01T00:00:00.000Z`, `${id}+275760-09-13T00:00:00.000Z`, `${id}2026-11-30`],
      })) {
        for (const place of places) {
          const cursor = encodeCursor({ ...filter, sort }, place);
          expect(await reader.get(`/users?sort=${sort}&cursor=${cursor}`), place).toMatchObject({
            ...{ status: 400, body: { errors: [{ pointer: '#/query/cursor' }] } },
          });
        }
      }
    });
  });

  test('a cursor belongs to its filter', async () => {
    const { nextCursor } = (await browser.get('/users?limit=1')).body;
    expect((await browser.get(`/users?limit=1&q=bob&cursor=${nextCursor}`)).status).toBe(400);
    expect((await browser.get(`/users?limit=1&role=member&cursor=${nextCursor}`)).status).toBe(400);
  });
});

describe('PATCH /users/{id}', () => {
  test('changes what is named, and records it before and after', async () => {
    const user = await service.user({ organization: customer });
    const changes = { name: 'Renamed', role: 'admin', access: 'read_write' };
    const { status, body } = await admin.patch(`/users/${user.id}`, changes);
    expect({ status, body }).toMatchObject({ status: 200, body: { ...changes, status: 'active', email: user.email } });
    expect((await eventsOf(user.id))[0]).toMatchObject({
      action: 'user.updated',
      details: { name: ['Test User', 'Renamed'], role: ['member', 'admin'], access: ['read_only', 'read_write'] },
    });
  });

  test('that changes nothing leaves no trace', async () => {
    const user = await service.user({ organization: customer });
    const before = await admin.get(`/users/${user.id}`);
    const asItIs = { name: 'Test User', role: 'member', access: 'read_only', status: 'active', mfaEnabled: false };
    for (const changes of [{}, asItIs]) {
      const answer = await admin.patch(`/users/${user.id}`, changes);
      expect(answer).toMatchObject({ status: 200, body: before.body });
      expect(answer.headers.etag).toBe(before.headers.etag);
    }
    expect(await eventsOf(user.id)).toEqual([]);
  });

  test('refuses what others changed meanwhile', async () => {
    const user = await service.user({ organization: customer });
    const path = `/users/${user.id}`;
    const first = String((await admin.get(path)).headers.etag);
    const changed = await admin.patch(path, { name: 'A' }, { 'if-match': first });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(first);
    for (const stale of [first, 'W/"2"', '"nonsense"', 'nonsense', '']) {
      const answer = await admin.patch(path, { name: 'B' }, { 'if-match': stale });
      expect(answer).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
    }
    expect((await admin.patch(path, { name: 'C' }, { 'if-match': '*' })).status).toBe(200);
    const fresh = `"nonsense", ${(await admin.get(path)).headers.etag}`;
    expect((await admin.patch(path, { name: 'D' }, { 'if-match': fresh })).status).toBe(200);
  });

  test('of parallel changes to one version one wins', async () => {
    const user = await service.user({ organization: customer });
    const path = `/users/${user.id}`;
    const etag = String((await admin.get(path)).headers.etag);
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map((name) => admin.patch(path, { name }, { 'if-match': etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await admin.get(path)).body).toEqual(winner?.body);
  });

  test('disabling ends every session and refuses sign-in; enabling brings no session back', async () => {
    const user = await service.user({ organization: customer });
    const browser = await service.signIn(user);
    expect((await admin.patch(`/users/${user.id}`, { status: 'disabled' })).body.status).toBe('disabled');
    expect((await browser.get('/me')).status).toBe(401);
    const { email, password } = user;
    expect((await service.browser().post('/auth/login', { email, password })).body.code).toBe('invalid_credentials');
    expect(await service.db.knownDevice.count({ where: { userId: user.id } })).toBe(1);

    expect((await admin.patch(`/users/${user.id}`, { status: 'active' })).body.status).toBe('active');
    expect((await browser.get('/me')).status).toBe(401);
    expect((await browser.post('/auth/refresh')).status).toBe(401);
    expect((await (await service.signIn(user)).get('/me')).status).toBe(200);
  });

  test('disabling an invited user ends the invitation', async () => {
    const { body } = await admin.post('/users', newUser());
    expect((await admin.patch(`/users/${body.id}`, { status: 'active' })).body.code).toBe('invalid_status');
    await admin.patch(`/users/${body.id}`, { status: 'disabled' });
    const token = tokenIn((await mailsTo(service, body.email))[0]);
    const answer = await service.browser().post('/auth/invitation/accept', { token, password: GOOD_PASSWORD });
    expect(answer.body.code).toBe('invalid_token');
  });

  test('SEC-40: the last admin who can make changes stays', async () => {
    const partner = await service.partner();
    const partnerAdmin = await service.signIn(await service.user({ organization: partner, ...readWrite }));
    const organization = await service.customer(partner);
    const last = await service.user({ organization, ...readWrite });
    await service.user({ organization, role: 'admin', access: 'read_only' });
    await service.user({ organization, ...readWrite, status: 'disabled' });
    await service.user({ organization, ...readWrite, status: 'invited', password: null });
    for (const changes of [{ role: 'member' }, { access: 'read_only' }, { status: 'disabled' }]) {
      const answer = await partnerAdmin.patch(`/users/${last.id}`, changes);
      expect(answer).toMatchObject({ status: 409, body: { code: 'last_admin' } });
    }
    await service.user({ organization, ...readWrite });
    expect((await partnerAdmin.patch(`/users/${last.id}`, { role: 'member' })).status).toBe(200);
  });

  test('SEC-40: of admins who demote each other at once, one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const organization = await service.customer(await service.partner());
      const users = await Promise.all([1, 2].map(() => service.user({ organization, ...readWrite })));
      const [a, b] = users as [TestUser, TestUser];
      const [browserA, browserB] = [await service.signIn(a), await service.signIn(b)];
      const answers = await Promise.all([
        browserA.patch(`/users/${b.id}`, { role: 'member' }),
        browserB.patch(`/users/${a.id}`, { status: 'disabled' }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = await service.db.user.count({
        where: { organizationId: organization.id, role: 'admin', access: 'read_write', status: 'active' },
      });
      expect(left).toBe(1);
    }
  });

  test('SEC-40: nobody changes the own rights', async () => {
    await service.user({ organization: customer, ...readWrite });
    for (const changes of [{ role: 'member' }, { access: 'read_only' }, { status: 'disabled' }]) {
      const answer = await admin.patch(`/users/${adminUser.id}`, changes);
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', detail: expect.any(String) } });
    }
  });
});

describe('POST /users/{id}/invitation', () => {
  test('mails a new link; the earlier one is dead', async () => {
    const { body } = await admin.post('/users', newUser());
    expect((await admin.post(`/users/${body.id}/invitation`)).status).toBe(204);
    const [first, second] = await mailsTo(service, body.email);
    const accept = (token: string) =>
      service.browser().post('/auth/invitation/accept', { token, password: GOOD_PASSWORD });
    expect((await accept(tokenIn(first))).body.code).toBe('invalid_token');
    expect((await accept(tokenIn(second))).status).toBe(204);
    expect((await eventsOf(body.id)).map(({ action }: { action: string }) => action)).toEqual([
      'invitation.accepted',
      'invitation.sent',
      'user.created',
    ]);
    expect(await admin.post(`/users/${body.id}/invitation`)).toMatchObject({
      status: 409,
      body: { code: 'not_invited' },
    });
  });

  test('gives a user without a password one, and none to the disabled', async () => {
    const user = await service.user({ organization: customer, password: null });
    expect((await admin.post(`/users/${user.id}/invitation`)).status).toBe(204);
    const token = tokenIn((await mailsTo(service, user.email))[0]);
    const accepted = await service.browser().post('/auth/invitation/accept', { token, password: GOOD_PASSWORD });
    expect(accepted.status).toBe(204);
    const disabled = await service.user({ organization: customer, password: null, status: 'disabled' });
    expect((await admin.post(`/users/${disabled.id}/invitation`)).body.code).toBe('not_invited');
  });

  test('does not flood a mailbox', async () => {
    const { body } = await admin.post('/users', newUser());
    const statuses = [];
    for (let index = 0; index < 6; index++) {
      const answer = await admin.post(`/users/${body.id}/invitation`);
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([204, 204, 204, 204, 204, 429]);
  });
});
