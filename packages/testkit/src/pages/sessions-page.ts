import type { Locator, Page } from '@playwright/test';

/** `/account/sessions`: the browsers that are signed in. */
export class SessionsPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly entries: Locator;
  /** The entry of this very browser. */
  readonly current: Locator;
  readonly endOthersButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Sessions' });
    this.entries = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Last active' });
    this.current = this.entries.filter({ hasText: 'This device' });
    this.endOthersButton = page.getByRole('button', { name: 'Sign out everywhere else' });
  }

  async open(): Promise<void> {
    await this.page.goto('/account/sessions');
  }

  /** Signs the only other browser in the list out. */
  async endOther(): Promise<void> {
    await this.page.getByRole('button', { name: 'Revoke' }).click();
  }
}
