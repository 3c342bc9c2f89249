import type { Locator, Page } from '@playwright/test';

/** `/settings/global`: the settings of an organisation. */
export class GlobalSettingsPage {
  readonly page: Page;
  readonly localSignIn: Locator;
  readonly saveButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.localSignIn = page.getByRole('switch', { name: 'Allow local sign-in' });
    this.saveButton = page.getByRole('button', { name: 'Save', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/global');
  }
}
