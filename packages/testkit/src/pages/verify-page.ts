import type { Locator, Page } from '@playwright/test';

/** `/sign-in/verify`: the second step. */
export class VerifyPage {
  readonly page: Page;
  readonly code: Locator;
  readonly backupCode: Locator;
  readonly verifyButton: Locator;
  readonly useBackupCode: Locator;
  readonly usePasskey: Locator;
  /** Only where the organisation lets browsers be remembered. */
  readonly rememberDevice: Locator;
  /** For who has lost all of them; only where the organisation lets users recover without an admin. */
  readonly lostAll: Locator;

  constructor(page: Page) {
    this.page = page;
    this.code = page.getByLabel('Authentication code', { exact: true });
    this.backupCode = page.getByLabel('Backup code', { exact: true });
    this.verifyButton = page.getByRole('button', { name: 'Verify', exact: true });
    this.usePasskey = page.getByRole('button', { name: 'Use your passkey' });
    this.rememberDevice = page.getByRole('checkbox', { name: 'Remember this device' });
    this.lostAll = page.getByRole('link', { name: 'I have lost my second factor and my backup codes' });
    this.useBackupCode = page.getByRole('link', { name: 'Use a backup code instead' });
  }

  /** Signs in with a code of the authenticator app. */
  async verify(code: string): Promise<void> {
    await this.code.fill(code);
    await this.verifyButton.click();
  }

  /** Signs in with one of the ten backup codes. */
  async verifyWithBackupCode(code: string): Promise<void> {
    await this.useBackupCode.click();
    await this.submitBackupCode(code);
  }

  /** Types a backup code where the field for it is open already. */
  async submitBackupCode(code: string): Promise<void> {
    await this.backupCode.fill(code);
    await this.verifyButton.click();
  }
}
