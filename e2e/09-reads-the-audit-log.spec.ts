import { expect, test } from '@sallyport/testkit';

test('an admin reads who reset whose authenticator', async ({ page, seeded, enrolled, signIn, auditPage }) => {
  await enrolled(seeded.member);
  await signIn(seeded.customerAdmin);
  const reset = await page.request.patch(`/api/v1/users/${seeded.member.id}`, { data: { mfaEnabled: false } });
  expect(reset.status()).toBe(200);

  await auditPage.open();
  await expect(
    auditPage.about(seeded.customerAdmin.email, 'reset two-factor authentication of', seeded.member.email),
  ).toBeVisible();

  const answer = await page.request.get(`/api/v1/audit-events?userId=${seeded.member.id}`);
  const { items } = (await answer.json()) as { items: { action: string }[] };
  expect(items.map(({ action }) => action)).toContain('mfa.reset');
});

test('a member cannot read the audit log', async ({ page, seeded, signIn }) => {
  await signIn(seeded.member);
  expect((await page.request.get('/api/v1/audit-events')).status()).toBe(403);
});
