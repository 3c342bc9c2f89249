import type { Locator, Page } from '@playwright/test';

type Entry = 'Security' | 'MFA Settings' | 'Sessions' | 'Change password' | 'Sign out';

/** The menu behind the avatar in the top bar. */
export class AccountMenu {
  readonly page: Page;
  readonly avatar: Locator;

  constructor(page: Page) {
    this.page = page;
    this.avatar = page.getByRole('button', { name: 'Account menu' });
  }

  entry(name: Entry): Locator {
    return this.page.getByRole('menuitem', { name, exact: true });
  }

  async choose(name: Entry): Promise<void> {
    await this.avatar.click();
    await this.entry(name).click();
  }
}
