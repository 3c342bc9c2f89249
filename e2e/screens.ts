import type { Page } from '@playwright/test';
import { connectOidc } from '@sallyport/testkit/providers';
import {
  AccountMenu,
  AppReminder,
  accepted,
  apiOf,
  BackupCodeTestDialog,
  ConfirmIdentityDialog,
  type Credentials,
  type Enrolled,
  enroll,
  expect,
  GlobalSettingsPage,
  type Mailbox,
  MfaSettingsPage,
  type Person,
  SecurityKey,
  SecurityPage,
  ServiceAccountsPage,
  SessionsPage,
  SignInPage,
  type Tenant,
  UserEditPage,
  unique,
  VerifyPage,
  VirtualAuthenticator,
} from '@sallyport/testkit/workspace';

/** What a screen needs to be brought up. */
export interface Stage {
  page: Page;
  seeded: Tenant;
  mailbox: Mailbox;
  signIn: (person: Credentials) => Promise<void>;
  signInThroughSso: () => Promise<void>;
  enrolled: (person: Person) => Promise<Enrolled>;
}

const at =
  (who: keyof Omit<Tenant, 'partner' | 'customer'>, path: string) =>
  async ({ page, seeded, signIn }: Stage): Promise<void> => {
    await signIn(seeded[who]);
    await page.goto(path);
  };

const anonymousAt =
  (path: string) =>
  async ({ page }: Stage): Promise<void> => {
    await page.goto(path);
  };

async function secondStep({ page, seeded, enrolled }: Stage): Promise<VerifyPage> {
  await enrolled(seeded.member);
  await new SignInPage(page).signIn(seeded.member);
  const verifyPage = new VerifyPage(page);
  await verifyPage.code.waitFor();
  return verifyPage;
}

async function enrolling({
  page,
  seeded,
  signIn,
}: Stage): Promise<{ mfa: MfaSettingsPage; app: VirtualAuthenticator }> {
  await signIn(seeded.member);
  const mfa = new MfaSettingsPage(page);
  const app = new VirtualAuthenticator();
  await mfa.open();
  await mfa.beginEnrollment(app);
  return { mfa, app };
}

/** The member has a second factor and is signed in with it. */
const withApp = ({ page, seeded }: Stage): Promise<Enrolled> => enroll(apiOf(page.request), seeded.member);

/** As if no code of the app had been typed for 28 days: the clock is that of this machine, and other flows are beside. */
async function haveAppChecked({ page }: Stage): Promise<void> {
  await page.route('**/api/v1/me/mfa', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), checkDue: true } });
  });
}

/** The settings of a user whose one factor is a passkey. */
async function withPasskey({ page, seeded, signIn }: Stage): Promise<MfaSettingsPage> {
  await SecurityKey.pluggedInto(page);
  await signIn(seeded.member);
  const mfa = new MfaSettingsPage(page);
  await mfa.open();
  await mfa.addPasskey(seeded.member, 'A key with a rather long name, to see where it goes');
  await mfa.finish();
  return mfa;
}

/** Changes the settings of the customer; its admin is signed in afterwards. */
async function changeSettings(
  { page, seeded, signIn }: Stage,
  body:
    | { mfaRequired: 'everybody'; mfaGraceDays: number }
    | { reenrollmentPass: boolean }
    | { resetNeedsSecondAdmin: boolean; resetDelayHours: number }
    | { recoveryDelayHours: number },
): Promise<void> {
  await signIn(seeded.customerAdmin);
  const params = { path: { id: seeded.customer.id } };
  accepted(await apiOf(page.request).PATCH('/api/v1/organizations/{id}/settings', { params, body }));
}

/** Everybody in the organization has to have a second factor, after some days. */
const requireMfa = (stage: Stage, mfaGraceDays: number) =>
  changeSettings(stage, { mfaRequired: 'everybody', mfaGraceDays });

/** Whoever resets a second factor is given a pass. */
const askForPasses = (stage: Stage) => changeSettings(stage, { reenrollmentPass: true });

/** A reset of the member waits for its time and for another admin; it was asked for over the API. */
async function haveResetWait(stage: Stage): Promise<void> {
  await changeSettings(stage, { resetNeedsSecondAdmin: true, resetDelayHours: 24 });
  const params = { path: { id: stage.seeded.member.id } };
  const body = { mfaEnabled: false, reason: 'Lost the phone on the way home' };
  accepted(await apiOf(stage.page.request).PATCH('/api/v1/users/{id}', { params, body }));
}

/** The organization lets users recover; the member, who has a second factor, is signed in and has named an address. */
async function withRecoveryAddress(stage: Stage): Promise<void> {
  await changeSettings(stage, { recoveryDelayHours: 24 });
  await stage.page.context().clearCookies();
  const { authenticator } = await withApp(stage);
  const { password } = stage.seeded.member;
  const body = { address: 'a.rather.long.address@home.example', password, code: await authenticator.nextCode() };
  accepted(await apiOf(stage.page.request).POST('/api/v1/me/recovery-address', { body }));
}

/** The second factor of the member was taken away, and a pass given. */
async function afterReset(stage: Stage): Promise<void> {
  const { page, seeded, enrolled } = stage;
  await askForPasses(stage);
  await enrolled(seeded.member);
  const params = { path: { id: seeded.member.id } };
  accepted(await apiOf(page.request).PATCH('/api/v1/users/{id}', { params, body: { mfaEnabled: false } }));
}

async function withConnection({ page, seeded, signIn }: Stage): Promise<string> {
  await signIn(seeded.partnerAdmin);
  const api = apiOf(page.request);
  const { organization } = accepted(await api.GET('/api/v1/me'));
  const config = {
    clientId: 'sallyport',
    clientSecret: 'a secret',
    tenantIds: ['8eaef023-2b34-4da1-9baa-8bc8c9d6a490'],
  };
  const { id } = await connectOidc(api, [], {
    organizationId: organization.id,
    name: 'Microsoft',
    kind: 'entra',
    domains: ['labs.example'],
    config,
  });
  return `/settings/sso/${id}`;
}

/** The page of service accounts, where one is. */
async function withServiceAccount(stage: Stage): Promise<ServiceAccountsPage> {
  const { page } = stage;
  await at('customerAdmin', '/settings/service-accounts')(stage);
  const accounts = new ServiceAccountsPage(page);
  await accounts.create({ name: 'Nightly import of people from the directory at head office' });
  return accounts;
}

/** What the page of a user becomes when the service asks for a fresh proof with `next`. */
const askedForProof =
  (next: object) =>
  async (stage: Stage): Promise<void> => {
    const { page, seeded } = stage;
    const refusal = { type: 'about:blank', title: '', status: 401, code: 'reauthentication_required', next };
    await page.route('**/api/v1/users/*', (route) =>
      route.request().method() === 'PATCH' ? route.fulfill({ status: 401, json: refusal }) : route.fallback(),
    );
    await at('customerAdmin', `/users/${seeded.member.id}/edit`)(stage);
    await page.getByLabel('Name', { exact: true }).fill('Mia Moore');
    await new UserEditPage(page).updateButton.click();
    await new ConfirmIdentityDialog(page).dialog.waitFor();
  };

/** Every page of the product, and what pages become, by a name that sorts. */
export const screens: Record<string, (stage: Stage) => Promise<void>> = {
  'sign-in': anonymousAt('/sign-in'),
  'sign-in-refused': async ({ page, seeded }) => {
    await new SignInPage(page).signIn({ email: seeded.member.email, password: 'not the password' });
    await page.getByRole('alert').waitFor();
  },
  'sign-in-with-passkey': async (stage) => {
    // Not by the setting, which would offer it to everybody: the flows beside this one look whether it is offered.
    await stage.page.route('**/api/v1/auth/sign-in-options*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), passwordless: true } });
    });
    const question = { rpId: 'localhost', challenge: 'AAAA', allowCredentials: [], userVerification: 'required' };
    await stage.page.route('**/api/v1/auth/passkey/options', (route) => route.fulfill({ json: question }));
    await stage.page.goto('/sign-in');
    await new SignInPage(stage.page).withPasskey.waitFor();
  },
  'verify-authenticator': async (stage) => void (await secondStep(stage)),
  'verify-backup-code': async (stage) => {
    const verifyPage = await secondStep(stage);
    await verifyPage.useBackupCode.click();
    await verifyPage.backupCode.waitFor();
  },
  'verify-remembering': async (stage) => {
    // What a partner allows concerns all its customers, those of other tests too.
    await stage.page.route('**/api/v1/auth/login', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), rememberDeviceDays: 30 } });
    });
    await (await secondStep(stage)).rememberDevice.check();
  },
  'verify-passkey': async (stage) => {
    await withPasskey(stage);
    await stage.page.context().clearCookies();
    await new SignInPage(stage.page).signIn(stage.seeded.member);
    await new VerifyPage(stage.page).usePasskey.waitFor();
  },
  'verify-lost': async (stage) => {
    await changeSettings(stage, { recoveryDelayHours: 24 });
    await stage.page.context().clearCookies();
    await (await secondStep(stage)).lostAll.waitFor();
  },
  'recover-lost': async (stage) => {
    await changeSettings(stage, { recoveryDelayHours: 24 });
    await stage.page.context().clearCookies();
    await (await secondStep(stage)).lostAll.click();
    await stage.page.getByRole('button', { name: 'Send the link' }).waitFor();
  },
  recover: anonymousAt('/recover#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  'recover-address': anonymousAt('/recover/address#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  'forgot-password': anonymousAt('/forgot-password'),
  'reset-password': anonymousAt('/reset-password#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  'not-me': anonymousAt('/not-me#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  'accept-invitation-dead': anonymousAt('/accept-invitation#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  'link-account-dead': anonymousAt('/link-account#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  'accept-invitation': async ({ page, seeded, signIn, mailbox }) => {
    const email = `nora-${unique()}@people.example`;
    await signIn(seeded.customerAdmin);
    const nora = { name: 'Nora', role: 'member', access: 'read_write' } as const;
    const body = { email, organizationId: seeded.customer.id, ...nora };
    accepted(await apiOf(page.request).POST('/api/v1/users', { body }));
    await page.context().clearCookies();
    await page.goto(await mailbox.link(email, '/accept-invitation'));
    await page.getByRole('button', { name: 'Create the account' }).waitFor();
  },
  home: at('member', '/'),
  'home-admin': at('partnerAdmin', '/'),
  'home-app-check': async (stage) => {
    await haveAppChecked(stage);
    await withApp(stage);
    await stage.page.goto('/');
    await new AppReminder(stage.page).answer('123456');
    await stage.page.getByText(/code is wrong/).waitFor();
  },
  'account-menu': async ({ page, seeded, signIn }) => {
    await signIn(seeded.member);
    await page.goto('/');
    await new AccountMenu(page).avatar.click();
    await new AccountMenu(page).entry('Sign out').waitFor();
  },
  profile: at('member', '/account'),
  'mfa-required': async (stage) => {
    await requireMfa(stage, 0);
    await at('member', '/account/sessions')(stage);
    await new MfaSettingsPage(stage.page).enableButton.waitFor();
  },
  'mfa-grace': async (stage) => {
    await requireMfa(stage, 5);
    await at('member', '/')(stage);
    await new MfaSettingsPage(stage.page).required.waitFor();
  },
  'mfa-off': at('member', '/account/mfa'),
  'mfa-enrolling': async (stage) => void (await enrolling(stage)),
  'mfa-backup-codes': async (stage) => {
    const { mfa, app } = await enrolling(stage);
    await mfa.confirm(stage.seeded.member, await app.nextCode());
    await expect(mfa.backupCodes).toHaveCount(10);
  },
  'mfa-on': async (stage) => {
    await withApp(stage);
    await stage.page.goto('/account/mfa');
  },
  'mfa-app-check': async (stage) => {
    await haveAppChecked(stage);
    await withApp(stage);
    const mfa = new MfaSettingsPage(stage.page);
    await mfa.open();
    await new AppReminder(stage.page).banner.waitFor();
  },
  'mfa-testing-a-backup-code': async (stage) => {
    await withApp(stage);
    await new MfaSettingsPage(stage.page).open();
    await new BackupCodeTestDialog(stage.page).check('AAAA-AAAA-AAAA');
    await stage.page.getByText('This is none of your backup codes').waitFor();
  },
  'mfa-backup-code-is-good': async (stage) => {
    const { backupCodes } = await withApp(stage);
    await new MfaSettingsPage(stage.page).open();
    const codes = new BackupCodeTestDialog(stage.page);
    await codes.check(backupCodes[0] ?? '');
    await codes.good.waitFor();
  },
  'mfa-recovery-address': async (stage) => {
    await withRecoveryAddress(stage);
    await stage.page.goto('/account/mfa');
    await stage.page.getByText('not yet: follow').waitFor();
  },
  'mfa-naming-a-recovery-address': async (stage) => {
    await changeSettings(stage, { recoveryDelayHours: 24 });
    await stage.page.context().clearCookies();
    await withApp(stage);
    const mfa = new MfaSettingsPage(stage.page);
    await mfa.open();
    await mfa.nameRecoveryAddressButton.click();
    await mfa.confirmButton.waitFor();
  },
  'mfa-adding-a-passkey': async ({ page, seeded, signIn }) => {
    await signIn(seeded.member);
    const mfa = new MfaSettingsPage(page);
    await mfa.open();
    await mfa.addPasskeyButton.click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
  },
  'mfa-passkeys': async (stage) => {
    const mfa = await withPasskey(stage);
    await mfa.factor('A key with a rather long name, to see where it goes').waitFor();
  },
  'mfa-removing-a-passkey': async (stage) => {
    const mfa = await withPasskey(stage);
    await mfa.factor('A key').getByRole('button', { name: 'Remove' }).click();
    await mfa.usePasskeyInstead.waitFor();
  },
  'mfa-disabling': async (stage) => {
    await withApp(stage);
    await stage.page.goto('/account/mfa');
    await new MfaSettingsPage(stage.page).disableButton.click();
    await new MfaSettingsPage(stage.page).password.waitFor();
  },
  'mfa-disabled': async (stage) => {
    const { authenticator } = await withApp(stage);
    await stage.page.goto('/account/mfa');
    const mfa = new MfaSettingsPage(stage.page);
    await mfa.disableButton.click();
    await mfa.confirm(stage.seeded.member, await authenticator.nextCode());
    await mfa.enableButton.waitFor();
  },
  'mfa-sso-only': async ({ page, signInThroughSso }) => {
    await signInThroughSso();
    await page.goto('/account/mfa');
  },
  sessions: at('member', '/account/sessions'),
  'sessions-remembered': async (stage) => {
    const device = (id: string, userAgent: string, lastUsedAt: string | null) => ({
      ...{ id, userAgent, lastUsedAt, current: id === '1' },
      ...{ createdAt: '2026-11-20T08:00:00Z', expiresAt: '2026-12-20T08:00:00Z' },
    });
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const items = [device('1', firefox, '2026-11-28T08:00:00Z'), device('2', 'curl/8.14.1', null)];
    await stage.page.route('**/api/v1/me/devices', (route) => route.fulfill({ json: { items } }));
    await at('member', '/account/sessions')(stage);
    await new SessionsPage(stage.page).forgetAllButton.waitFor();
  },
  security: async (stage) => {
    await withApp(stage);
    const security = new SecurityPage(stage.page);
    await security.open();
    await security.events.filter({ hasText: 'turned two-factor authentication on' }).getByRole('button').click();
  },
  'security-not-me': async (stage) => {
    await at('member', '/account/security')(stage);
    const security = new SecurityPage(stage.page);
    await security.notMeButton.click();
    await security.dialog.waitFor();
  },
  'change-password': at('member', '/account/password'),
  users: at('customerAdmin', '/users'),
  'new-user': at('customerAdmin', '/users/new'),
  'edit-user': async (stage) => {
    await stage.enrolled(stage.seeded.member);
    await at('customerAdmin', `/users/${stage.seeded.member.id}/edit`)(stage);
  },
  'edit-user-resetting': async (stage) => {
    await stage.enrolled(stage.seeded.member);
    await at('customerAdmin', `/users/${stage.seeded.member.id}/edit`)(stage);
    const userEditPage = new UserEditPage(stage.page);
    await userEditPage.mfaEnabled.uncheck();
    await userEditPage.reason.fill('Lost the phone');
  },
  'edit-user-pass': async (stage) => {
    await askForPasses(stage);
    await stage.enrolled(stage.seeded.member);
    await stage.page.goto(`/users/${stage.seeded.member.id}/edit`);
    const userEditPage = new UserEditPage(stage.page);
    await userEditPage.resetMfa();
    await userEditPage.reenrollmentPass.waitFor();
  },
  'edit-user-awaits-pass': async (stage) => {
    await afterReset(stage);
    await stage.page.goto(`/users/${stage.seeded.member.id}/edit`);
    await new UserEditPage(stage.page).anotherPassButton.waitFor();
  },
  'edit-user-reset-waits': async (stage) => {
    await stage.enrolled(stage.seeded.member);
    await haveResetWait(stage);
    await at('partnerAdmin', `/users/${stage.seeded.member.id}/edit`)(stage);
    await new UserEditPage(stage.page).approveResetButton.waitFor();
  },
  'mfa-reset-waits': async (stage) => {
    const { totpSecret } = await stage.enrolled(stage.seeded.member);
    await haveResetWait(stage);
    await stage.signIn({ ...stage.seeded.member, totpSecret });
    const mfa = new MfaSettingsPage(stage.page);
    await mfa.open();
    await mfa.stopResetButton.waitFor();
  },
  'mfa-enrolling-with-pass': async (stage) => {
    await afterReset(stage);
    await stage.page.context().clearCookies();
    await enrolling(stage);
    await new MfaSettingsPage(stage.page).pass.waitFor();
  },
  'edit-user-read-only': (stage) => at('readOnlyAdmin', `/users/${stage.seeded.member.id}/edit`)(stage),
  'erase-user': async (stage) => {
    await at('customerAdmin', `/users/${stage.seeded.member.id}/edit`)(stage);
    const userEditPage = new UserEditPage(stage.page);
    await userEditPage.eraseButton.click();
    await userEditPage.confirmErasure('somebody.else@people.example');
    await userEditPage.eraseDialog.getByText('This is not the address').waitFor();
  },
  'confirm-identity': askedForProof({ action: 'reauthenticate', methods: ['totp', 'backup_code'] }),
  'confirm-identity-at-provider': askedForProof({ action: 'use_sso', connectionId: unique() }),
  organizations: at('partnerAdmin', '/organizations'),
  organization: (stage) => at('partnerAdmin', `/organizations/${stage.seeded.customer.id}`)(stage),
  'global-settings': at('customerAdmin', '/settings/global'),
  'global-settings-preview': async (stage) => {
    await at('customerAdmin', '/settings/global')(stage);
    await new GlobalSettingsPage(stage.page).localSignInPreview.getByRole('button', { name: 'Preview' }).click();
    await stage.page.getByText(/could not sign in/).waitFor();
  },
  'global-settings-mfa-preview': async (stage) => {
    await at('customerAdmin', '/settings/global')(stage);
    const settings = new GlobalSettingsPage(stage.page);
    await settings.requireMfa('everybody', 0);
    await settings.previewMfa();
    await settings.mfaPreview.getByRole('link').first().waitFor();
  },
  'single-sign-on-none': at('customerAdmin', '/settings/sso'),
  'single-sign-on': async (stage) => {
    await withConnection(stage);
    await stage.page.goto('/settings/sso');
    await stage.page.getByRole('link', { name: 'Microsoft' }).waitFor();
  },
  connection: async (stage) => {
    await stage.page.goto(await withConnection(stage));
    await stage.page.getByRole('button', { name: 'Test connection' }).waitFor();
  },
  'new-connection': at('customerAdmin', '/settings/sso/new'),
  'new-connection-entra': at('customerAdmin', '/settings/sso/new?kind=entra'),
  'new-connection-saml': at('customerAdmin', '/settings/sso/new?kind=saml'),
  'service-accounts-none': at('customerAdmin', '/settings/service-accounts'),
  'service-accounts': async (stage) => void (await withServiceAccount(stage)),
  'service-accounts-read-only': async (stage) => {
    await withServiceAccount(stage);
    await stage.page.context().clearCookies();
    await at('readOnlyAdmin', '/settings/service-accounts')(stage);
    await stage.page.getByText('Nightly import').waitFor();
  },
  'new-service-account': async (stage) => {
    await at('customerAdmin', '/settings/service-accounts')(stage);
    await new ServiceAccountsPage(stage.page).createButton.click();
    await stage.page.getByLabel('Valid for').waitFor();
  },
  'new-service-account-key': async (stage) => {
    await at('customerAdmin', '/settings/service-accounts')(stage);
    const accounts = new ServiceAccountsPage(stage.page);
    await accounts.createButton.click();
    await accounts.createDialog.getByLabel('Name').fill('Nightly import');
    await accounts.createDialog.getByRole('button', { name: 'Create' }).click();
    await accounts.key.waitFor();
  },
  'revoking-a-service-account': async (stage) => {
    const accounts = await withServiceAccount(stage);
    await accounts.row('Nightly import of people from the directory at head office').getByRole('button').click();
    await accounts.revokeDialog.waitFor();
  },
  'linked-accounts': at('member', '/account/identities'),
  audit: at('customerAdmin', '/audit'),
  'not-allowed': at('member', '/users'),
  'not-found': at('member', '/no-such-page'),
};

/** Waits until nothing on the page moves or loads any more; a button may wait for what a dialog asks. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root:not([data-loading] *)')).toHaveCount(0);
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map((animation) => animation.finished));
  });
}
