import {
  AccountMenu,
  accepted,
  apiOf,
  expect,
  GlobalSettingsPage,
  MfaSettingsPage,
  SignInPage,
  type Tenant,
  test,
  VirtualAuthenticator,
} from '@sallyport/testkit/workspace';

/** Scans, confirms, and keeps the backup codes. */
async function enrol(mfaSettingsPage: MfaSettingsPage, person: Tenant['member']): Promise<VirtualAuthenticator> {
  const app = new VirtualAuthenticator();
  await mfaSettingsPage.beginEnrollment(app);
  await mfaSettingsPage.confirm(person, await app.nextCode());
  await mfaSettingsPage.finish();
  return app;
}

test('an admin requires MFA of everybody at once: it and a member are led into enrolment, and then everything opens', async ({
  page,
  seeded,
  signIn,
  globalSettingsPage,
  mfaSettingsPage,
  accountMenu,
  otherBrowser,
}) => {
  const { customerAdmin, member } = seeded;
  // Somebody is at work, in a session from before.
  const theirs = await otherBrowser();
  await signIn(member, theirs);
  await theirs.goto('/account/sessions');
  await expect(new AccountMenu(theirs).avatar).toBeVisible();

  await signIn(customerAdmin);
  await globalSettingsPage.open();
  await globalSettingsPage.requireMfa('everybody', 0);
  await globalSettingsPage.previewMfa();
  const { mfaPreview } = globalSettingsPage;
  await expect(mfaPreview.getByRole('listitem').filter({ hasText: member.email })).toContainText('no second factor');
  await expect(mfaPreview.getByText('Ready: 0')).toBeVisible();
  await globalSettingsPage.mfaGraceDays.fill('7');
  await mfaPreview.getByText(/^Days left: [1-9]/).click();
  await expect(mfaPreview.getByRole('listitem').filter({ hasText: member.email })).toContainText('has days left');
  await globalSettingsPage.mfaGraceDays.fill('0');
  await globalSettingsPage.saveButton.click();

  // Nobody is locked out, the one who switched it on least of all.
  await expect(mfaSettingsPage.required).toBeVisible();
  await expect(mfaSettingsPage.heading).toBeVisible();
  await enrol(mfaSettingsPage, customerAdmin);
  await expect(globalSettingsPage.requirement('everybody')).toBeChecked();
  await expect(globalSettingsPage.mfaGraceDays).toHaveValue('0');

  // The other session: whatever address, it is the same page, and the service says the same.
  const restricted = new MfaSettingsPage(theirs);
  for (const path of ['/account/sessions', '/', '/users']) {
    await theirs.goto(path);
    await expect(restricted.required).toBeVisible();
    await expect(restricted.enableButton).toBeVisible();
    await expect(new AccountMenu(theirs).avatar).toBeHidden();
    await expect(theirs.getByRole('navigation')).toHaveCount(0);
  }
  const refused = await apiOf(theirs.request).GET('/api/v1/me/sessions');
  expect(refused.response.status).toBe(403);
  expect(refused.error).toMatchObject({ code: 'mfa_enrollment_required', next: { action: 'enroll' } });

  // The way out, and in again to where it was going.
  await restricted.signOutButton.click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.goto('/account/sessions');
  await new SignInPage(theirs).submit(member);
  await expect(restricted.required).toBeVisible();
  await enrol(restricted, member);
  await expect(theirs).toHaveURL(/\/account\/sessions$/);
  await expect(theirs.getByRole('heading', { name: 'Sessions' })).toBeVisible();
  await expect(new AccountMenu(theirs).avatar).toBeVisible();
  await page.goto('/users');
  await expect(accountMenu.avatar).toBeVisible();
});

test('within the grace a user comes in, and is told until when', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  mfaSettingsPage,
  accountMenu,
  otherBrowser,
}) => {
  const admin = await otherBrowser();
  const { customerAdmin, member } = seeded;
  const { authenticator } = await enrolled(customerAdmin);
  const api = apiOf(admin.request);
  const { email, password } = customerAdmin;
  await api.POST('/api/v1/auth/login', { body: { email, password } });
  const body = { method: 'totp', code: await authenticator.nextCode() } as const;
  const { user } = accepted(await api.POST('/api/v1/auth/login/mfa', { body }));
  const params = { path: { id: user.organization.id } };
  const settings = { mfaRequired: 'everybody', mfaGraceDays: 5 } as const;
  accepted(await api.PATCH('/api/v1/organizations/{id}/settings', { params, body: settings }));

  await signInPage.signIn(member);
  await expect(mfaSettingsPage.required).toBeVisible();
  await page.getByRole('link', { name: 'Set it up now' }).click();
  await expect(page).toHaveURL(/\/account\/mfa$/);
  await enrol(mfaSettingsPage, member);
  await expect(mfaSettingsPage.required).toBeHidden();
  await expect(accountMenu.avatar).toBeVisible();
});

/** The partner is that of every tenant of this server: what a flow sets there, it takes back, however it ends. */
const followingAgain: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const follow of followingAgain.splice(0)) await follow();
});

test('a customer may be stricter than its partner, and not laxer', async ({
  seeded,
  enrolled,
  signInPage,
  verifyPage,
  globalSettingsPage,
  page,
}) => {
  const { authenticator } = await enrolled(seeded.partnerAdmin);
  await signInPage.signIn(seeded.partnerAdmin);
  await verifyPage.verify(await authenticator.nextCode());
  await new AccountMenu(page).avatar.waitFor();
  await globalSettingsPage.open();
  followingAgain.push(async () => {
    const params = { path: { id: seeded.partner.id } };
    const body = { mfaRequired: null, mfaGraceDays: null };
    accepted(await apiOf(page.request).PATCH('/api/v1/organizations/{id}/settings', { params, body }));
  });
  await globalSettingsPage.requireMfa('administrators', 3);
  await globalSettingsPage.saveButton.click();
  await expect(page.getByText('The settings were saved.').first()).toBeVisible();

  await page.goto(`/settings/global?organization=${seeded.customer.id}`);
  const ofCustomer = new GlobalSettingsPage(page);
  await expect(ofCustomer.requirement('administrators')).toBeChecked();
  await expect(ofCustomer.requirement('nobody')).toBeDisabled();
  await ofCustomer.mfaGraceDays.fill('30');
  await ofCustomer.saveButton.click();
  await expect(page.getByText('is less than the partner asks for')).toBeVisible();
  await ofCustomer.requireMfa('everybody', 1);
  await ofCustomer.saveButton.click();
  await expect(page.getByText('The settings were saved.').first()).toBeVisible();
});
