import type { Locator, Page } from '@playwright/test';

/** What happened, as admins read it. */
export class AuditPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  rows(text: string | RegExp): Locator {
    return this.page.getByRole('row').filter({ hasText: text });
  }
}
