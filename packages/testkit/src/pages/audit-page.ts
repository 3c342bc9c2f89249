import type { Locator, Page } from '@playwright/test';

/** `/audit`: what happened, as admins read it. */
export class AuditPage {
  readonly page: Page;
  readonly events: Locator;

  constructor(page: Page) {
    this.page = page;
    this.events = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.goto('/audit');
  }

  /** Events whose sentence holds every one of these words. */
  about(...words: readonly (string | RegExp)[]): Locator {
    return words.reduce((found, word) => found.filter({ hasText: word }), this.events);
  }
}
