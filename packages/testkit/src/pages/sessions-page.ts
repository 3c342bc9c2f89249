import type { Locator, Page } from '@playwright/test';

/** `/account/sessions`: the browsers that are signed in. */
export class SessionsPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly entries: Locator;
  /** The entry of this very browser. */
  readonly current: Locator;
  readonly endOthersButton: Locator;
  /** The browsers that are not asked for the second step. */
  readonly remembered: Locator;
  readonly forgetAllButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Sessions' });
    this.entries = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Last active' });
    this.current = this.entries.filter({ hasText: 'This device' });
    this.remembered = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Remembered' });
    this.forgetAllButton = page.getByRole('button', { name: 'Forget all' });
    this.endOthersButton = page.getByRole('button', { name: 'Sign out everywhere else' });
  }

  async open(): Promise<void> {
    await this.page.goto('/account/sessions');
  }

  /** Has the only remembered browser asked for the second step again. */
  async forget(): Promise<void> {
    await this.page.getByRole('button', { name: 'Forget', exact: true }).click();
  }

  /** Signs the only other browser in the list out. */
  async endOther(): Promise<void> {
    await this.page.getByRole('button', { name: 'Revoke' }).click();
  }
}
