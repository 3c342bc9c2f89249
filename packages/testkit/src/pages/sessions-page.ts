import type { Locator, Page } from '@playwright/test';

/** The list of browsers that are signed in. */
export class SessionsPage {
  readonly page: Page;
  readonly heading: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Sessions' });
  }
}
