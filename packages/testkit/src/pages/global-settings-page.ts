import type { Locator, Page } from '@playwright/test';

/** `/settings/global`: the settings of an organisation. */
export class GlobalSettingsPage {
  readonly page: Page;
  readonly localSignIn: Locator;
  /** Who could not sign in without passwords. */
  readonly localSignInPreview: Locator;
  readonly mfaRequired: Locator;
  readonly mfaGraceDays: Locator;
  readonly rememberedDeviceDays: Locator;
  /** Who is ready for what is required, who has days left, and who would be stopped. */
  readonly mfaPreview: Locator;
  readonly reenrollmentPass: Locator;
  readonly resetNeedsSecondAdmin: Locator;
  readonly resetDelayHours: Locator;
  readonly recoveryDelayHours: Locator;
  /** Whether a passkey signs in alone. */
  readonly passwordless: Locator;
  /** Whether only passkeys meet what is required. */
  readonly passkeysOnly: Locator;
  /** Which models of passkeys may be added, a line each. */
  readonly passkeyModels: Locator;
  /** Certificates of their makers, in PEM. */
  readonly passkeyRoots: Locator;
  readonly saveButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.localSignIn = page.getByRole('switch', { name: 'Allow local sign-in' });
    this.localSignInPreview = page.getByRole('group', { name: 'Allow local sign-in' });
    this.mfaPreview = page.getByRole('group', { name: 'Require two-factor authentication' });
    this.mfaRequired = page.getByRole('radiogroup', { name: 'Require two-factor authentication' });
    this.mfaGraceDays = page.getByLabel('Days to set it up', { exact: true });
    this.rememberedDeviceDays = page.getByLabel('Remember a device for (days)', { exact: true });
    this.reenrollmentPass = page.getByRole('switch', { name: 'Re-enrollment pass after a reset' });
    this.resetNeedsSecondAdmin = page.getByRole('switch', { name: 'A reset needs a second admin' });
    this.resetDelayHours = page.getByLabel('A reset waits for (hours)', { exact: true });
    this.recoveryDelayHours = page.getByLabel('Recovery without an admin waits for (hours)', { exact: true });
    this.passwordless = page.getByRole('switch', { name: 'Allow sign-in with a passkey alone' });
    this.passkeysOnly = page.getByRole('switch', { name: 'Passkeys only' });
    this.passkeyModels = page.getByLabel('Only passkeys of these models', { exact: true });
    this.passkeyRoots = page.getByLabel('Certificates of their makers', { exact: true });
    this.saveButton = page.getByRole('button', { name: 'Save', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/global');
  }

  /** One of the choices of whom two-factor authentication is required. */
  requirement(of: 'nobody' | 'administrators' | 'everybody'): Locator {
    return this.mfaRequired.getByRole('radio', { name: `Of ${of}` });
  }

  /** Asks beforehand, for what stands in the form. */
  async previewMfa(): Promise<void> {
    await this.mfaPreview.getByRole('button', { name: 'Preview' }).click();
  }

  /** Chooses of whom, and after how many days; nothing is saved yet. */
  async requireMfa(of: 'nobody' | 'administrators' | 'everybody', graceDays: number): Promise<void> {
    await this.requirement(of).check();
    await this.mfaGraceDays.fill(String(graceDays));
  }
}
