import type { Locator, Page } from '@playwright/test';
import type { Person } from '../directory.ts';

/** `/account/identities`: the accounts at work that a user signs in with. */
export class LinkedAccountsPage {
  readonly page: Page;
  readonly heading: Locator;
  /** Says that none is linked. */
  readonly none: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Linked accounts' });
    this.none = page.getByText('No account is linked.');
  }

  async open(): Promise<void> {
    await this.page.goto('/account/identities');
  }

  linkButton(connection: string): Locator {
    return this.page.getByRole('button', { name: `Link ${connection}`, exact: true });
  }

  unlinkButton(connection: string): Locator {
    return this.page.getByRole('button', { name: `Unlink ${connection}`, exact: true });
  }

  /** Proves who it is and goes to the provider, which leads back here. @param code where a second factor is on */
  async link(connection: string, person: Pick<Person, 'password'>, code?: string): Promise<void> {
    await this.linkButton(connection).click();
    const dialog = this.page.getByRole('dialog', { name: `Link ${connection}` });
    await dialog.getByLabel('Current password').fill(person.password);
    if (code !== undefined) await dialog.getByLabel(/code/i).fill(code);
    await dialog.getByRole('button', { name: 'Continue' }).click();
  }

  async unlink(connection: string): Promise<void> {
    await this.unlinkButton(connection).click();
    const dialog = this.page.getByRole('dialog', { name: `Unlink ${connection}?` });
    await dialog.getByRole('button', { name: 'Unlink', exact: true }).click();
  }
}
