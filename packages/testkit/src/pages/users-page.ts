import type { Locator, Page } from '@playwright/test';

/** `/users`: the users that an admin sees. */
export class UsersPage {
  readonly page: Page;
  readonly navigationLink: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.page = page;
    this.navigationLink = page.getByRole('link', { name: 'Users', exact: true });
    this.search = page
      .getByRole('searchbox')
      .or(page.getByLabel(/search/i))
      .first();
  }

  async open(): Promise<void> {
    await this.page.goto('/users');
  }

  row(email: string): Locator {
    return this.page.getByRole('row').filter({ hasText: email });
  }

  editOf(email: string): Locator {
    return this.row(email).getByRole('link', { name: 'Edit' });
  }

  /** Finds a user by address and opens the form, once the list is what was searched for: it moves under the pointer. */
  async edit(email: string): Promise<void> {
    await this.search.fill(email);
    await this.page.getByRole('row').nth(1).filter({ hasText: email }).waitFor();
    await this.editOf(email).click();
  }
}
