import type { Page } from '@playwright/test';
import {
  AccountMenu,
  expect,
  GlobalSettingsPage,
  MfaSettingsPage,
  SecurityKey,
  SignInPage,
  type Tenant,
  test,
  VerifyPage,
} from '@sallyport/testkit/workspace';

test('a user adds a passkey as only second factor, signs in with it, and removes it', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  mailbox,
}) => {
  const key = await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Blue key');
  const codes = await mfaSettingsPage.shownBackupCodes();
  expect(new Set(codes).size).toBe(10);
  await mfaSettingsPage.finish();
  await expect(mfaSettingsPage.factor('Blue key')).toContainText(/Last used:\s*Never/);
  await mailbox.newest(seeded.member.email, /two-factor/i);
  expect(await key.count()).toBe(1);

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.usePasskey.click();
  await expect(accountMenu.avatar).toBeVisible();

  await accountMenu.choose('MFA Settings');
  const blue = mfaSettingsPage.factor('Blue key');
  await expect(blue).not.toContainText('Never');
  await blue.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Key on my ring');
  await page.getByRole('button', { name: 'Save the name' }).click();
  const ring = mfaSettingsPage.factor('Key on my ring');

  await ring.getByRole('button', { name: 'Remove' }).click();
  await mfaSettingsPage.password.fill(seeded.member.password);
  await mfaSettingsPage.usePasskeyInstead.click();
  await expect(mfaSettingsPage.enableButton).toBeVisible();
  await mailbox.newest(seeded.member.email, /two-factor authentication is off/i);
  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await expect(accountMenu.avatar).toBeVisible();
});

test('where the passkey is not at hand, code and backup code do', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  otherBrowser,
}) => {
  const { authenticator, backupCodes } = await enrolled(seeded.member);
  const key = await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await expect(mfaSettingsPage.factor('Laptop')).toBeVisible();
  await expect(mfaSettingsPage.factor('Authenticator app')).toBeVisible();

  // The same key a second time.
  await mfaSettingsPage.addPasskey(seeded.member, 'Again');
  await expect(page.getByText('has a passkey of your account already')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await accountMenu.choose('Sign out');
  await key.unplug();
  await SecurityKey.pluggedInto(page);
  await signInPage.submit(seeded.member);
  await verifyPage.usePasskey.click();
  await expect(page.getByText('The passkey was not used')).toBeVisible();
  await page.getByRole('link', { name: 'Use the authenticator app instead' }).click();
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();

  // A browser that knows nothing of passkeys.
  const other = await otherBrowser();
  await other.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
  await new SignInPage(other).signIn(seeded.member);
  const second = new VerifyPage(other);
  await expect(second.code).toBeVisible();
  await expect(second.usePasskey).toBeHidden();
  await second.verifyWithBackupCode(backupCodes[0] ?? '');
  await expect(new AccountMenu(other).avatar).toBeVisible();
  await other.goto('/account/mfa');
  await expect(other.getByText('Passkeys cannot be used in this browser.')).toBeVisible();
});

test('a user with a passkey alone changes the password with it, and sets up an app besides', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  authenticator,
}) => {
  await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await mfaSettingsPage.finish();

  await accountMenu.choose('Change password');
  const password = 'a quiet lantern by the quarry';
  await mfaSettingsPage.password.fill(seeded.member.password);
  await page.getByLabel('New password').fill(password);
  await mfaSettingsPage.usePasskeyInstead.click();
  await expect(page.getByText(/password was changed/i)).toBeVisible();

  await accountMenu.choose('MFA Settings');
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await mfaSettingsPage.qrCode.waitFor();
  authenticator.scan(await page.screenshot());
  await mfaSettingsPage.confirm({ ...seeded.member, password }, await authenticator.nextCode());
  await expect(mfaSettingsPage.factor('Authenticator app')).toBeVisible();
  await expect(mfaSettingsPage.backupCodesHeading).toBeHidden();
});

/** An admin lets passkeys sign in alone; gives its page. */
async function allowPasskeysAlone(admin: Tenant['customerAdmin'], page: Page): Promise<GlobalSettingsPage> {
  await new SignInPage(page).signIn(admin);
  await expect(new AccountMenu(page).avatar).toBeVisible();
  const settings = new GlobalSettingsPage(page);
  await settings.open();
  await settings.passwordless.check({ force: true });
  await settings.saveButton.click();
  await expect(page.getByText('The settings were saved.').first()).toBeVisible();
  return settings;
}

test('where the organization allows it, a passkey signs in alone, by the button', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  otherBrowser,
}) => {
  const settings = await allowPasskeysAlone(seeded.customerAdmin, await otherBrowser());
  // A browser that offers nothing where the address is typed.
  await page.addInitScript(() => Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable'));
  await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await mfaSettingsPage.finish();
  await expect(mfaSettingsPage.factor('Laptop')).toContainText('Signs in without a password');
  await accountMenu.choose('Sign out');
  await signInPage.withPasskey.click();
  await expect(accountMenu.avatar).toBeVisible();
  await accountMenu.choose('Sessions');
  await expect(page.getByText('Passkey alone')).toBeVisible();

  // Switched off, the same passkey is told so, and is the second step of a password.
  await settings.passwordless.uncheck({ force: true });
  await settings.saveButton.click();
  await expect(settings.page.getByText('The settings were saved.').first()).toBeVisible();
  await accountMenu.choose('Sign out');
  await expect(signInPage.signInButton).toBeVisible();
  await expect(signInPage.withPasskey).toBeHidden();
  await signInPage.submit(seeded.member);
  await new VerifyPage(page).usePasskey.click();
  await expect(accountMenu.avatar).toBeVisible();
});

test('a passkey that the browser offers where the address is typed signs in', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  otherBrowser,
}) => {
  await allowPasskeysAlone(seeded.customerAdmin, await otherBrowser());
  await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await mfaSettingsPage.finish();
  // The browser of the tests chooses at once what it offers.
  const chosen = page.waitForResponse('**/api/v1/auth/passkey');
  await accountMenu.choose('Sign out');
  expect((await chosen).status()).toBe(200);
  await expect(accountMenu.avatar).toBeVisible();
  await accountMenu.choose('Sessions');
  await expect(page.getByText('Passkey alone')).toBeVisible();
});

test('where only passkeys will do, a user with an app adds one before anything opens', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  otherBrowser,
}) => {
  const { authenticator } = await enrolled(seeded.member);
  const theirs = await otherBrowser();
  await SecurityKey.pluggedInto(theirs);
  await new SignInPage(theirs).signIn(seeded.customerAdmin);
  await new AccountMenu(theirs).choose('MFA Settings');
  const admins = new MfaSettingsPage(theirs);
  await admins.addPasskey(seeded.customerAdmin, 'Key');
  await admins.finish();
  const settings = new GlobalSettingsPage(theirs);
  await settings.open();
  await settings.requireMfa('everybody', 0);
  await settings.passkeysOnly.check({ force: true });
  await settings.previewMfa();
  await expect(settings.mfaPreview.getByRole('listitem').filter({ hasText: seeded.member.email })).toContainText(
    'no second factor that will do',
  );
  await settings.saveButton.click();
  await expect(theirs.getByText('The settings were saved.').first()).toBeVisible();

  await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await expect(page.getByText('Only a passkey or security key will do.')).toBeVisible();
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await expect(accountMenu.avatar).toBeVisible();
  await expect(page.getByText('Only a passkey or security key will do.')).toBeHidden();
  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.usePasskey.click();
  await expect(accountMenu.avatar).toBeVisible();
});

/** AAGUID of the authenticators that Chromium makes up for tests. */
const CHROMIUM = '01020304-0506-0708-0102-030405060708';

/** The certificate that such an authenticator attests with, in PEM; the same name and key in each of them. */
async function certificateOfChromium(page: Page): Promise<string> {
  const object = await page.evaluate(async () => {
    const credential = (await navigator.credentials.create({
      publicKey: {
        rp: { id: location.hostname, name: 'Test' },
        user: { id: new Uint8Array(16), name: 'Test', displayName: 'Test' },
        challenge: new Uint8Array(32),
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        attestation: 'direct',
      },
    })) as PublicKeyCredential;
    return [...new Uint8Array((credential.response as AuthenticatorAttestationResponse).attestationObject)];
  });
  const bytes = Buffer.from(object);
  // In CBOR: the text `x5c`, an array of one, and bytes whose length has two bytes.
  const at = bytes.indexOf(Buffer.from('63783563' + '8159', 'hex')) + 6;
  const der = bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at));
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`;
}

test('where models are named, another passkey is refused with what would do, and one of them is added', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  otherBrowser,
}) => {
  const theirs = await otherBrowser();
  await new SignInPage(theirs).signIn(seeded.customerAdmin);
  await expect(new AccountMenu(theirs).avatar).toBeVisible();
  const key = await SecurityKey.pluggedInto(theirs);
  const certificate = await certificateOfChromium(theirs);
  await key.unplug();
  const settings = new GlobalSettingsPage(theirs);
  await settings.open();
  await settings.passkeyModels.fill('YubiKey');
  await settings.saveButton.click();
  await expect(theirs.getByText('This line does not begin with an AAGUID: YubiKey')).toBeVisible();
  await settings.passkeyModels.fill('2fc0579f-8113-47ea-b116-bb5a8db9202a YubiKey 5 NFC');
  await settings.passkeyRoots.fill(certificate);
  await settings.saveButton.click();
  await expect(theirs.getByText('The settings were saved.').first()).toBeVisible();

  await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await expect(page.getByText('It is of another model. Use one of these: YubiKey 5 NFC.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await settings.passkeyModels.fill(`${CHROMIUM} Key of the house`);
  await settings.saveButton.click();
  await expect(theirs.getByText('The settings were saved.').first()).toBeVisible();
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await mfaSettingsPage.finish();
  await expect(mfaSettingsPage.factor('Laptop')).toBeVisible();
});
