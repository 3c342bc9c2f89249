import type { Locator, Page } from '@playwright/test';

/** Asks for one code of an authenticator app that has given none for 28 days: on the home page, and in MFA Settings. */
export class AppReminder {
  readonly banner: Locator;
  readonly code: Locator;
  readonly checkButton: Locator;
  readonly notNowButton: Locator;
  /** Leads to where the phone is changed. */
  readonly changePhoneLink: Locator;
  /** Says that the code was right. */
  readonly done: Locator;

  constructor(page: Page) {
    this.banner = page.getByRole('region', { name: 'Is your authenticator app still there?' });
    this.code = this.banner.getByLabel('Code from your app', { exact: true });
    this.checkButton = this.banner.getByRole('button', { name: 'Check', exact: true });
    this.notNowButton = this.banner.getByRole('button', { name: 'Not now', exact: true });
    this.changePhoneLink = this.banner.getByRole('link', { name: 'Change phone in MFA Settings' });
    this.done = page.getByText('Your authenticator app is there');
  }

  async answer(code: string): Promise<void> {
    await this.code.fill(code);
    await this.checkButton.click();
  }
}
