import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';

let service: TestApp;
let customer: TestOrganization;
let callers: Record<Caller, Browser>;
/** A user of the customer, and one of its partner. */
let user: TestUser;
let partnerUser: TestUser;
/** A user of the customer that waits for its invitation. */
let invited: TestUser;

const kinds = [
  'anonymous',
  'member',
  'readOnlyAdmin',
  'customerAdmin',
  'otherCustomersAdmin',
  'otherPartnersAdmin',
  'readOnlyPartnerAdmin',
  'partnerAdmin',
] as const;
type Caller = (typeof kinds)[number];

beforeAll(async () => {
  service = await TestApp.start();
  const partner = await service.partner();
  customer = await service.customer(partner);
  const readWrite = { role: 'admin', access: 'read_write' } as const;
  const readOnly = { role: 'admin', access: 'read_only' } as const;
  user = await service.user({ organization: customer });
  partnerUser = await service.user({ organization: partner });
  invited = await service.user({ organization: customer, status: 'invited', password: null });
  const signIn = async (options: Parameters<TestApp['user']>[0]) => service.signIn(await service.user(options));
  callers = {
    anonymous: service.browser(),
    member: await signIn({ organization: customer, access: 'read_write' }),
    readOnlyAdmin: await signIn({ organization: customer, ...readOnly }),
    customerAdmin: await signIn({ organization: customer, ...readWrite }),
    otherCustomersAdmin: await signIn({ organization: await service.customer(partner), ...readWrite }),
    otherPartnersAdmin: await signIn({ organization: await service.partner(), ...readWrite }),
    readOnlyPartnerAdmin: await signIn({ organization: partner, ...readOnly }),
    partnerAdmin: await signIn({ organization: partner, ...readWrite }),
  };
});
afterAll(() => service.stop());

interface Row {
  /** As OpenAPI writes it. */
  route: string;
  name?: string;
  call: (browser: Browser) => Promise<Answer>;
  /** In the order of `kinds`. */
  statuses: readonly number[];
  /** Problem code of a 409. */
  conflict?: string;
}

const NOBODY = '0193b7a0-0000-7000-8000-000000000000';
let serial = 0;
const unused = () => `unused-${serial++}-${Math.random().toString(36).slice(2)}`;

const readAny = [401, 403, 200, 200, 200, 200, 200, 200];
const readInside = [401, 403, 200, 200, 404, 404, 200, 200];
const changeInside = [401, 403, 403, 200, 404, 404, 403, 200];
const instead = (statuses: readonly number[], ok: number) => statuses.map((status) => (status === 200 ? ok : status));

const rows: Row[] = [
  { route: 'GET /users', call: (b) => b.get('/users'), statuses: readAny },
  {
    route: 'GET /users',
    name: 'of the customer',
    call: (b) => b.get(`/users?organizationId=${customer.id}`),
    statuses: readInside,
  },
  {
    route: 'POST /users',
    call: (b) =>
      b.post('/users', {
        email: `${unused()}@example.com`,
        name: 'New',
        organizationId: customer.id,
        role: 'admin',
        access: 'read_write',
      }),
    statuses: instead(changeInside, 201),
  },
  { route: 'GET /users/{id}', call: (b) => b.get(`/users/${user.id}`), statuses: readInside },
  {
    route: 'GET /users/{id}',
    name: 'of the partner',
    call: (b) => b.get(`/users/${partnerUser.id}`),
    statuses: [401, 403, 404, 404, 404, 404, 200, 200],
  },
  {
    route: 'POST /users/{id}/erase',
    name: 'with another address',
    call: (b) => b.post(`/users/${user.id}/erase`, { email: 'another@example.com' }),
    statuses: instead(changeInside, 400),
  },
  { route: 'GET /users/{id}/export', call: (b) => b.get(`/users/${user.id}/export`), statuses: changeInside },
  {
    route: 'PATCH /users/{id}',
    call: (b) => b.patch(`/users/${user.id}`, { name: unused() }),
    statuses: changeInside,
  },
  {
    route: 'PATCH /users/{id}',
    name: 'takes away MFA',
    call: (b) => b.patch(`/users/${user.id}`, { mfaEnabled: false }),
    statuses: changeInside,
  },
  {
    route: 'PATCH /users/{id}',
    name: 'of the partner',
    call: (b) => b.patch(`/users/${partnerUser.id}`, { mfaEnabled: false }),
    statuses: [401, 403, 403, 404, 404, 404, 403, 200],
  },
  {
    route: 'POST /users/{id}/invitation',
    call: (b) => b.post(`/users/${invited.id}/invitation`),
    statuses: instead(changeInside, 204),
  },
  {
    route: 'POST /users/{id}/local-password/remove',
    name: 'that it has not',
    call: (b) => b.post(`/users/${invited.id}/local-password/remove`),
    statuses: changeInside,
  },
  {
    route: 'POST /users/{id}/mfa-reset/approve',
    name: 'where none waits',
    call: (b) => b.post(`/users/${invited.id}/mfa-reset/approve`),
    statuses: instead(changeInside, 409),
    conflict: 'no_reset_waits',
  },
  {
    route: 'DELETE /users/{id}/mfa-reset',
    name: 'where none waits',
    call: (b) => b.delete(`/users/${invited.id}/mfa-reset`),
    statuses: instead(changeInside, 409),
    conflict: 'no_reset_waits',
  },
  {
    route: 'POST /users/{id}/reenrollment-pass',
    name: 'that nobody waits for',
    call: (b) => b.post(`/users/${invited.id}/reenrollment-pass`),
    statuses: instead(changeInside, 409),
    conflict: 'no_pass_awaited',
  },
  {
    route: 'POST /users/{id}/sso-link',
    name: 'that leads nowhere',
    call: (b) => b.post(`/users/${invited.id}/sso-link`),
    statuses: instead(changeInside, 409),
    conflict: 'not_linkable',
  },
  {
    route: 'GET /users/{id}/security',
    call: (b) => b.get(`/users/${user.id}/security`),
    statuses: readInside,
  },
  {
    route: 'GET /users/{id}/identities',
    call: (b) => b.get(`/users/${user.id}/identities`),
    statuses: readInside,
  },
  {
    route: 'DELETE /users/{id}/identities/{identityId}',
    name: 'that is not there',
    call: (b) => b.delete(`/users/${user.id}/identities/${NOBODY}`),
    statuses: instead(changeInside, 404),
  },
  { route: 'GET /organizations', call: (b) => b.get('/organizations'), statuses: readAny },
  {
    route: 'POST /organizations',
    call: (b) => b.post('/organizations', { name: 'New', slug: unused() }),
    statuses: [401, 403, 403, 403, 403, 201, 403, 201],
  },
  { route: 'GET /organizations/{id}', call: (b) => b.get(`/organizations/${customer.id}`), statuses: readInside },
  {
    route: 'PATCH /organizations/{id}',
    call: (b) => b.patch(`/organizations/${customer.id}`, { name: unused() }),
    statuses: changeInside,
  },
  {
    route: 'GET /organizations/{id}/settings',
    call: (b) => b.get(`/organizations/${customer.id}/settings`),
    statuses: readInside,
  },
  {
    route: 'PATCH /organizations/{id}/settings',
    call: (b) => b.patch(`/organizations/${customer.id}/settings`, { sessionIdleMinutes: 30 }),
    statuses: changeInside,
  },
  {
    route: 'POST /organizations/{id}/settings/preview',
    call: (b) => b.post(`/organizations/${customer.id}/settings/preview`, { localSignInEnabled: false }),
    statuses: readInside,
  },
  {
    route: 'GET /organizations/{id}/service-accounts',
    call: (b) => b.get(`/organizations/${customer.id}/service-accounts`),
    statuses: readInside,
  },
  {
    route: 'POST /organizations/{id}/service-accounts',
    call: (b) =>
      b.post(`/organizations/${customer.id}/service-accounts`, { name: 'New', role: 'admin', access: 'read_write' }),
    statuses: instead(changeInside, 201),
  },
  {
    route: 'DELETE /organizations/{id}/service-accounts/{accountId}',
    name: 'that is not there',
    call: (b) => b.delete(`/organizations/${customer.id}/service-accounts/${NOBODY}`),
    statuses: instead(changeInside, 404),
  },
  { route: 'GET /audit-events', call: (b) => b.get('/audit-events'), statuses: readAny },
  {
    route: 'GET /audit-events',
    name: 'of the customer',
    call: (b) => b.get(`/audit-events?organizationId=${customer.id}`),
    statuses: readInside,
  },
  {
    route: 'GET /audit-events/{id}/proof',
    name: 'that is not there',
    call: (b) => b.get(`/audit-events/${NOBODY}/proof`),
    statuses: instead(readAny, 404),
  },
];

describe('SEC-40: who may do what', () => {
  test.each(
    rows.flatMap((row) =>
      kinds.map((kind, index) => ({ ...row, kind, status: row.statuses[index], name: row.name ?? '' })),
    ),
  )('$route $name: $kind gets $status', async ({ call, conflict, kind, status }) => {
    const answer = await call(callers[kind]);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    const codes: Record<number, string | undefined> = {
      400: 'invalid_request',
      401: 'unauthenticated',
      403: 'forbidden',
      404: 'not_found',
      409: conflict,
    };
    if (answer.status >= 400) expect(answer.body.code).toBe(codes[answer.status]);
  });

  test('the table has every route of administration', async () => {
    const { paths } = (await service.browser().get('/openapi.json')).body as {
      paths: Record<string, Record<string, unknown>>;
    };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '')}`),
    );
    // Connections and domains have tests of their own, with a provider.
    const ofAdministration = routes.filter(
      (route) =>
        /^\w+ \/(users|organizations|audit-events)/.test(route) && !/sso-connections|domains|saml-metadata/.test(route),
    );
    expect(ofAdministration.sort()).toEqual([...new Set(rows.map(({ route }) => route))].sort());
  });

  test('lists hold what lies inside, and nothing else', async () => {
    const organizations = async (kind: Caller) =>
      (await callers[kind].get('/organizations?limit=100')).body.items.map((item: { id: string }) => item.id);
    expect(await organizations('customerAdmin')).toEqual([customer.id]);
    expect(await organizations('partnerAdmin')).toEqual(
      expect.arrayContaining([customer.id, partnerUser.organization.id]),
    );

    const users = async (kind: Caller) =>
      (await callers[kind].get('/users?limit=100')).body.items.map((item: { id: string }) => item.id);
    expect(await users('partnerAdmin')).toEqual(expect.arrayContaining([user.id, partnerUser.id]));
    expect(await users('customerAdmin')).toContain(user.id);
    expect(await users('customerAdmin')).not.toContain(partnerUser.id);
    expect(await users('otherCustomersAdmin')).not.toContain(user.id);
    expect(await users('otherPartnersAdmin')).not.toContain(user.id);
  });

  test('what is outside answers as what does not exist', async () => {
    const { headers: _, ...outside } = await callers.otherCustomersAdmin.get(`/users/${user.id}`);
    const { headers: __, ...nowhere } = await callers.otherCustomersAdmin.get(`/users/${NOBODY}`);
    const without = ({ requestId: ___, ...body }: Answer['body']) => body;
    expect({ ...outside, body: without(outside.body) }).toEqual({ ...nowhere, body: without(nowhere.body) });
  });
});
