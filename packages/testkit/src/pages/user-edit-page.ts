import type { Locator, Page } from '@playwright/test';

/** `/users/:id/edit`: one user, as an admin changes it. */
export class UserEditPage {
  readonly page: Page;
  readonly mfaEnabled: Locator;
  readonly updateButton: Locator;
  readonly mailLinkButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.mfaEnabled = page.getByRole('checkbox', { name: '2FA Auth Enabled?' });
    this.updateButton = page.getByRole('button', { name: 'Update User', exact: true });
    this.mailLinkButton = page.getByRole('button', { name: 'Mail a link to connect' });
  }

  async open(userId: string): Promise<void> {
    await this.page.goto(`/users/${userId}/edit`);
  }

  /** Chooses a role, an access or a status by the words on the screen. */
  async choose(field: 'Role' | 'Access' | 'Status', option: string): Promise<void> {
    await this.page.getByLabel(field, { exact: true }).selectOption({ label: option });
  }

  /** Takes the authenticator of this user away. */
  async resetMfa(): Promise<void> {
    await this.mfaEnabled.uncheck();
    await this.updateButton.click();
  }
}
