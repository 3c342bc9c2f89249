import type { Locator, Page } from '@playwright/test';

/** `/forgot-password`. */
export class ForgotPasswordPage {
  readonly page: Page;
  readonly link: Locator;
  readonly email: Locator;
  readonly sendButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.link = page.getByRole('link', { name: 'Forgot your password?' });
    this.email = page.getByLabel('Email', { exact: true });
    this.sendButton = page.getByRole('button', { name: 'Send the link' });
  }

  /** Follows the link on the sign-in page and asks for a mail. */
  async request(email: string): Promise<void> {
    await this.link.click();
    // The sign-in page, which is left only now, has a field of the same name.
    await this.sendButton.waitFor();
    await this.email.fill(email);
    await this.sendButton.click();
  }
}
