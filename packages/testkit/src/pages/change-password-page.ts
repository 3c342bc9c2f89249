import type { Locator, Page } from '@playwright/test';

/** `/account/password`. */
export class ChangePasswordPage {
  readonly page: Page;
  readonly currentPassword: Locator;
  readonly newPassword: Locator;
  readonly code: Locator;
  readonly saveButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.currentPassword = page.getByLabel('Current password', { exact: true });
    this.newPassword = page.getByLabel('New password', { exact: true });
    this.code = page.getByLabel('6-digit code', { exact: true });
    this.saveButton = page.getByRole('button', { name: 'Save the new password' });
  }

  /** @param code where two-factor authentication is on */
  async change(currentPassword: string, newPassword: string, code?: string): Promise<void> {
    await this.currentPassword.fill(currentPassword);
    await this.newPassword.fill(newPassword);
    if (code !== undefined) await this.code.fill(code);
    await this.saveButton.click();
  }
}
