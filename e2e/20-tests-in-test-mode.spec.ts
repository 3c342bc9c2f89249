import { test } from '@sallyport/testkit';
import { ChoosePasswordPage, expect, newPassword, product, Sallyport } from '@sallyport/testkit/workspace';
import { faultsFor } from './axe.ts';

/* As a QA engineer has it: the kit starts a product in test mode for each worker. */

test.use({ sallyport: { product, testMode: true } });

test('time passes at once: a sign-in takes too long, and a session ends', async ({
  page,
  clock,
  enrolled,
  nextCode,
  seeded,
  signInPage,
  verifyPage,
  accountMenu,
}) => {
  const { member } = seeded;
  await enrolled(member);
  await signInPage.signIn(member);
  await expect(verifyPage.code).toBeVisible();
  await clock.advance({ minutes: 6 });
  await verifyPage.verify(await nextCode(member));
  await expect(page.getByText('The sign-in took too long')).toBeVisible();

  await signInPage.signIn(member);
  await verifyPage.verify(await nextCode(member));
  await expect(accountMenu.avatar).toBeVisible();
  await clock.advance({ minutes: 30 });
  await page.reload();
  await expect(accountMenu.avatar).toBeVisible();
  await clock.advance({ minutes: 61 });
  await page.reload();
  await expect(signInPage.signInButton).toBeVisible();
});

test('a user signs in with one code after another, without a phone and without a wait', async ({
  clock,
  enrolled,
  nextCode,
  seeded,
  signInPage,
  verifyPage,
  accountMenu,
}) => {
  const { member } = seeded;
  const { authenticator } = await enrolled(member);
  const codes = new Set<string>();
  for (let time = 0; time < 4; time += 1) {
    const code = await nextCode(member);
    codes.add(code);
    await signInPage.signIn(member);
    await verifyPage.verify(code);
    await expect(accountMenu.avatar).toBeVisible();
    await accountMenu.choose('Sign out');
    await expect(signInPage.signInButton).toBeVisible();
  }
  expect(codes.size).toBe(4);

  // The authenticator of the kit follows the clock of the service, which four codes took more than a minute ahead.
  await clock.advance({ days: 30 });
  await signInPage.signIn(member);
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
});

test('a mail is read as soon as what sends it is answered', async ({
  page,
  clock,
  seeded,
  signInPage,
  forgotPasswordPage,
  mailbox,
  accountMenu,
}) => {
  const { email } = seeded.member;
  const ask = async () => {
    await signInPage.open();
    await forgotPasswordPage.request(email);
    await expect(page.getByText('Look into your mail')).toBeVisible();
    const [mail, ...others] = await mailbox.all(email);
    expect(others).toEqual([]);
    return mail;
  };
  expect(await ask()).toMatchObject({ to: email, subject: 'Choose a new password' });

  const link = await mailbox.link(email, '/reset-password');
  const password = newPassword();
  const choosePage = new ChoosePasswordPage(page);
  await page.goto(link);
  await clock.advance({ hours: 2 });
  await choosePage.password.fill(password);
  await choosePage.submitButton.click();
  await expect(page.getByText('This link does not work any more')).toBeVisible();

  await clock.reset();
  await page.goto('/sign-in');
  await page.goto(link);
  await choosePage.choose(password);
  await signInPage.submit({ email, password });
  await expect(accountMenu.avatar).toBeVisible();
});

test('a tenant goes with its people, and comes again as it was', async ({
  page,
  seeded,
  testMode,
  signIn,
  signInPage,
  accountMenu,
}) => {
  const { customer, member, partner } = seeded;
  await signIn(member);
  await page.goto('/account/mfa');
  await expect(accountMenu.avatar).toBeVisible();
  await testMode.removeTenant(customer.slug);
  await page.reload();
  await expect(signInPage.signInButton).toBeVisible();
  await signInPage.submit(member);
  await expect(page.getByRole('alert')).toContainText('The email or the password is wrong');

  const { email, name, password } = member;
  const people = [{ email, name, password, role: 'member', access: 'read_write' }];
  const again = { slug: customer.slug, name: 'Acme', users: people };
  await testMode.seed({ partners: [{ slug: partner.slug, name: partner.name, customers: [again] }] });
  await signInPage.submit(member);
  await expect(accountMenu.avatar).toBeVisible();
});

test('a service that is busy, slow, or ends a session is shown to the user as it is', async ({
  page,
  fault,
  seeded,
  signInPage,
  accountMenu,
}) => {
  const { member } = seeded;
  await signInPage.open();
  const calm = await fault('overload', '**/api/v1/auth/login');
  await signInPage.submit(member);
  await expect(page.getByRole('alert')).toContainText('The service is very busy');
  await calm();

  const quick = await fault('slow;seconds=2', '**/api/v1/auth/login');
  await signInPage.submit(member);
  await expect(signInPage.signInButton).toHaveAttribute('data-loading', 'true');
  await expect(accountMenu.avatar).toBeVisible();
  await quick();

  await fault('expired');
  await page.reload();
  await expect(signInPage.signInButton).toBeVisible();
});

test('every page says that the service is in test mode', async ({ page, seeded, signIn }) => {
  const announcement = page.getByRole('complementary', { name: 'Test mode' });
  for (const path of ['/sign-in', '/forgot-password', '/reset-password', '/accept-invitation', '/no/such/page']) {
    await page.goto(path);
    await expect(announcement, path).toContainText('Enter nothing real.');
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/sign-in');
    await expect(announcement).toBeVisible();
    expect(await faultsFor(page)).toEqual([]);
  }
  await signIn(seeded.partnerAdmin);
  for (const path of ['/', '/users', '/account/mfa', '/settings/global', '/audit', '/organizations']) {
    const answer = await page.goto(path);
    expect(answer?.headers()['sallyport-test-mode']).toBe('1');
    await expect(announcement, path).toBeVisible();
  }
});

test('a service with a public address does not start in test mode', async () => {
  const environment = { SALLYPORT_TEST_MODE: '1', PUBLIC_URL: 'http://login.example.com' };
  const sallyport = new Sallyport({ product, environment });
  try {
    await expect(sallyport.start()).rejects.toThrow(
      'SALLYPORT_TEST_MODE goes with a PUBLIC_URL of this machine alone.',
    );
    expect((await sallyport.command('migrate')).exitCode).toBe(78);
  } finally {
    await sallyport.dispose();
  }
});
