import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestOrganization } from '../testing/app.ts';
import type { Browser } from '../testing/browser.ts';
import { testDatabaseKind } from '../testing/database.ts';
import { mailsTo } from '../testing/mails.ts';
import { whileHeld } from '../testing/overlap.ts';
import { databaseUrl } from '../testing/postgres.ts';

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let admin: Browser;
let other: Browser;

beforeAll(async () => {
  service = await TestApp.start();
  partner = await service.partner();
  customer = await service.customer(partner);
  const rights = { organization: partner, role: 'admin', access: 'read_write' } as const;
  admin = await service.signIn(await service.user(rights));
  other = await service.signIn(await service.user(rights));
});
afterAll(() => service.stop());

const keyed = (key: string) => ({ 'idempotency-key': key });
const rights = { role: 'member', access: 'read_only' };
const google = {
  ...{ name: 'Google', kind: 'google' },
  config: { clientId: 'sallyport', clientSecret: 'the-very-secret', hostedDomains: ['example.com'] },
};

/** What can be made: where, and with what body. */
const MADE = {
  user: () => ['/users', { ...rights, email: 'once@example.com', name: 'Once', organizationId: customer.id }],
  organization: () => ['/organizations', { name: 'Once', slug: 'once' }],
  connection: () => [`/organizations/${customer.id}/sso-connections`, google],
} as const satisfies Record<string, () => [string, object]>;

const countOf = async (action: string) =>
  (await admin.get(`/audit-events?action=${action}&limit=100`)).body.items.length;

describe.each(Object.entries(MADE))('with an Idempotency-Key a %s', (what, made) => {
  test('is made once, and every answer is of it', async () => {
    const [path, body] = made();
    const action = { user: 'user.created', organization: 'organization.created', connection: 'sso.connection_created' }[
      what
    ] as string;
    const before = await countOf(action);
    const first = await admin.post(path, body, keyed('one'));
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    const answers = await Promise.all([1, 2, 3].map(() => admin.post(path, body, keyed('one'))));
    for (const again of answers) {
      expect({ status: again.status, body: again.body }).toEqual({ status: 201, body: first.body });
      expect(again.headers.etag).toBe(first.headers.etag);
    }
    expect(await countOf(action)).toBe(before + 1);
  });
});

test('an invitation is mailed once', async () => {
  expect(await mailsTo(service, 'once@example.com')).toHaveLength(1);
});

test('the key of something else is refused, and what was made stays', async () => {
  const [, user] = MADE.user();
  const reused = { status: 422, body: { code: 'idempotency_key_reused' } };
  expect(await admin.post('/users', { ...user, email: 'two@example.com' }, keyed('one'))).toMatchObject(reused);
  expect(await admin.post('/users', { ...user, organizationId: partner.id }, keyed('one'))).toMatchObject(reused);
  expect(await admin.post('/organizations', { name: 'Two', slug: 'two' }, keyed('one'))).toMatchObject(reused);
  const [path] = MADE.connection();
  const oidc = { name: 'OIDC', kind: 'oidc', config: { ...google.config, issuer: 'https://id.example.com' } };
  const { hostedDomains: _, ...config } = oidc.config;
  expect(await admin.post(path, { ...oidc, config }, keyed('one'))).toMatchObject(reused);
  expect((await admin.get('/users?q=two@example.com')).body.items).toEqual([]);
});

test('without a key, with another, and of somebody else, a request is another one', async () => {
  const [path, user] = MADE.user();
  const taken = { status: 409, body: { code: 'email_taken' } };
  expect(await admin.post(path, user)).toMatchObject(taken);
  expect(await admin.post(path, user, keyed('two'))).toMatchObject(taken);
  expect(await other.post(path, user, keyed('one'))).toMatchObject(taken);
  const [organizations, organization] = MADE.organization();
  expect(await other.post(organizations, organization, keyed('one'))).toMatchObject({ body: { code: 'slug_taken' } });
});

test('what was refused can be mended and sent again with its key', async () => {
  const user = { ...rights, email: 'mended@example.com', name: 'Mended', organizationId: customer.id };
  expect(await admin.post('/users', { ...user, email: 'no address' }, keyed('mended'))).toMatchObject({ status: 400 });
  expect(await admin.post('/users', user, keyed('mended'))).toMatchObject({ status: 201, body: { name: 'Mended' } });
});

test('a service account is made once, and its key not shown again', async () => {
  const path = `/organizations/${customer.id}/service-accounts`;
  const body = { name: 'Nightly', ...rights };
  const answers = await Promise.all([1, 2, 3].map(() => admin.post(path, body, keyed('one'))));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('key_already_shown');
  expect((await admin.get(path)).body.items).toHaveLength(1);
  const elsewhere = `/organizations/${partner.id}/service-accounts`;
  expect((await admin.post(elsewhere, body, keyed('one'))).status).toBe(201);
});

test.each(['', 'x'.repeat(256)])('a key of %j is refused', async (key) => {
  const [path, body] = MADE.user();
  expect(await admin.post(path, body, keyed(key))).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
});

describe.runIf(testDatabaseKind() === 'postgres')('requests that overlap', () => {
  test('make one user, and all are answered with it', async () => {
    const row = { text: 'SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE', values: [customer.id] };
    const user = { ...rights, email: 'raced@example.com', name: 'Raced', organizationId: customer.id };
    const answers = await whileHeld(databaseUrl(service.resources.database), row, 5, () =>
      [1, 2, 3, 4, 5].map(() => admin.post('/users', user, keyed('raced'))),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await mailsTo(service, 'raced@example.com')).toHaveLength(1);
  });
});
