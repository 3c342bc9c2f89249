import type { Locator, Page } from '@playwright/test';

/** The dialog that asks for a fresh proof before a change of others' access, on any page. */
export class ConfirmIdentityDialog {
  readonly dialog: Locator;
  readonly password: Locator;
  readonly code: Locator;
  readonly confirmButton: Locator;
  readonly cancelButton: Locator;
  readonly providerButton: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Confirm it is you' });
    this.password = this.dialog.getByLabel('Current password', { exact: true });
    this.code = this.dialog.getByLabel('6-digit code', { exact: true });
    this.confirmButton = this.dialog.getByRole('button', { name: 'Confirm', exact: true });
    this.cancelButton = this.dialog.getByRole('button', { name: 'Cancel', exact: true });
    this.providerButton = this.dialog.getByRole('button', { name: 'Continue to your identity provider' });
  }

  /** @param code where the person has a second factor */
  async confirm(password: string, code?: string): Promise<void> {
    await this.password.fill(password);
    if (code !== undefined) await this.code.fill(code);
    await this.confirmButton.click();
  }
}
