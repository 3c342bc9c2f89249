import type { Locator, Page } from '@playwright/test';

/** Where a link in a mail leads to: `/reset-password` and `/accept-invitation`. */
export class ChoosePasswordPage {
  readonly page: Page;
  readonly password: Locator;
  readonly submitButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.password = page.getByLabel(/^(New password|Password)$/);
    this.submitButton = page.getByRole('button', { name: /^(Save the new password|Create the account)$/ });
  }

  /** Chooses the password and waits until the page has led on to sign-in. */
  async choose(password: string): Promise<void> {
    await this.password.fill(password);
    await this.submitButton.click();
    await this.page.waitForURL(/\/sign-in/);
  }
}
