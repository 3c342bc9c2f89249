import type { Locator, Page } from '@playwright/test';

/** `/users/new`. */
export class NewUserPage {
  readonly page: Page;
  readonly email: Locator;
  readonly name: Locator;
  readonly inviteButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.email = page.getByLabel('Email', { exact: true });
    this.name = page.getByLabel('Name', { exact: true });
    this.inviteButton = page.getByRole('button', { name: 'Create user and send invitation' });
  }

  async open(): Promise<void> {
    await this.page.goto('/users/new');
  }

  /** Has an invitation mailed, and waits until the list of users is back. */
  async invite(person: { name: string; email: string }): Promise<void> {
    await this.email.fill(person.email);
    await this.name.fill(person.name);
    await this.inviteButton.click();
    await this.page.waitForURL(/\/users(\?|$)/);
  }
}
