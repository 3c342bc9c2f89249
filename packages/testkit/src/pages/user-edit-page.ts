import type { Locator, Page } from '@playwright/test';
import { downloaded } from './downloaded.ts';

/** `/users/:id/edit`: one user, as an admin changes it. */
export class UserEditPage {
  readonly page: Page;
  readonly mfaEnabled: Locator;
  readonly updateButton: Locator;
  readonly mailLinkButton: Locator;
  readonly exportButton: Locator;
  readonly eraseButton: Locator;
  readonly eraseDialog: Locator;
  /** Why the authenticator is taken away. */
  readonly reason: Locator;
  /** What the user needs after a reset, shown once. */
  readonly reenrollmentPass: Locator;
  readonly anotherPassButton: Locator;
  /** A reset that waits for its time or for another admin. */
  readonly waitingReset: Locator;
  /** What helps the user to sign in. */
  readonly helpDesk: Locator;
  readonly approveResetButton: Locator;
  readonly stopResetButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.mfaEnabled = page.getByRole('checkbox', { name: '2FA Auth Enabled?' });
    this.updateButton = page.getByRole('button', { name: 'Update User', exact: true });
    this.mailLinkButton = page.getByRole('button', { name: 'Mail a link to connect' });
    this.exportButton = page.getByRole('button', { name: 'Export data', exact: true });
    this.eraseButton = page.getByRole('button', { name: 'Erase this person', exact: true });
    this.eraseDialog = page.getByRole('dialog', { name: /^Erase / });
    this.reason = page.getByLabel('Reason', { exact: true });
    this.reenrollmentPass = page.getByLabel('Re-enrollment pass', { exact: true });
    this.anotherPassButton = page.getByRole('button', { name: 'Give another pass', exact: true });
    this.waitingReset = page.getByRole('heading', { name: 'A reset of two-factor authentication waits' });
    this.helpDesk = page.getByRole('main').locator('section').filter({ hasText: 'Sign-in and security' });
    this.approveResetButton = page.getByRole('button', { name: 'Approve the reset', exact: true });
    this.stopResetButton = page.getByRole('button', { name: 'Stop the reset', exact: true });
  }

  async open(userId: string): Promise<void> {
    await this.page.goto(`/users/${userId}/edit`);
  }

  /** Chooses a role, an access or a status by the words on the screen. */
  async choose(field: 'Role' | 'Access' | 'Status', option: string): Promise<void> {
    await this.page.getByLabel(field, { exact: true }).selectOption({ label: option });
  }

  /** Takes the authenticator of this user away. */
  async resetMfa(reason?: string): Promise<void> {
    await this.mfaEnabled.uncheck();
    if (reason !== undefined) await this.reason.fill(reason);
    await this.updateButton.click();
  }

  /** The pass that is shown; the admin has read it out. */
  async readOutPass(): Promise<string> {
    const pass = await this.reenrollmentPass.inputValue();
    await this.page.getByRole('checkbox', { name: 'The user has this pass' }).check();
    await this.page.getByRole('button', { name: 'Done', exact: true }).click();
    return pass;
  }

  /** Downloads what is kept of this user, and reads the file. */
  exportData(): Promise<{ fileName: string; text: string }> {
    return downloaded(this.exportButton);
  }

  /** Types an address into the open dialog and sends it. */
  async confirmErasure(address: string): Promise<void> {
    await this.eraseDialog.getByLabel('Address of the user').fill(address);
    await this.eraseDialog.getByRole('button', { name: 'Erase this person' }).click();
  }
}
