import { accepted, apiOf, expect, test } from '@sallyport/testkit/workspace';

test('an admin reads who reset whose authenticator', async ({ page, seeded, enrolled, signIn, auditPage }) => {
  await enrolled(seeded.member);
  await signIn(seeded.customerAdmin);
  const api = apiOf(page.request);
  const params = { path: { id: seeded.member.id } };
  accepted(await api.PATCH('/api/v1/users/{id}', { params, body: { mfaEnabled: false } }));

  await auditPage.open();
  await expect(
    auditPage.about(seeded.customerAdmin.email, 'reset two-factor authentication of', seeded.member.email),
  ).toBeVisible();

  const query = { userId: seeded.member.id };
  const { items } = accepted(await api.GET('/api/v1/audit-events', { params: { query } }));
  expect(items.map(({ action }) => action)).toContain('mfa.reset');
});

test('a member cannot read the audit log', async ({ page, seeded, signIn }) => {
  await signIn(seeded.member);
  expect((await apiOf(page.request).GET('/api/v1/audit-events')).response.status).toBe(403);
});
