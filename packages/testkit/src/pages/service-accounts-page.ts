import type { Locator, Page } from '@playwright/test';

/** `/settings/service-accounts`: the programs that may call the API with a key. */
export class ServiceAccountsPage {
  readonly page: Page;
  readonly createButton: Locator;
  readonly createDialog: Locator;
  /** The key that was just made. */
  readonly key: Locator;
  readonly savedBox: Locator;
  readonly doneButton: Locator;
  readonly revokeDialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.createButton = page.getByRole('button', { name: 'Create service account' });
    this.createDialog = page.getByRole('dialog', { name: 'Create a service account' });
    this.key = page.getByRole('textbox', { name: 'Key', exact: true });
    this.savedBox = page.getByRole('checkbox', { name: 'I have saved the key' });
    this.doneButton = page.getByRole('button', { name: 'Done' });
    this.revokeDialog = page.getByRole('dialog', { name: /^Revoke/ });
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/service-accounts');
  }

  row(name: string): Locator {
    return this.page.getByRole('listitem', { name, exact: true });
  }

  /** Makes a service account and gives its key, which nobody sees again. */
  async create(account: { name: string; role?: string; access?: string; validFor?: string }): Promise<string> {
    await this.createButton.click();
    await this.createDialog.getByLabel('Name').fill(account.name);
    const choices = [
      ['Role', account.role],
      ['Access', account.access],
      ['Valid for', account.validFor],
    ] as const;
    for (const [label, option] of choices) {
      if (option !== undefined) await this.createDialog.getByLabel(label).selectOption(option);
    }
    await this.createDialog.getByRole('button', { name: 'Create' }).click();
    const key = await this.key.inputValue();
    await this.savedBox.check();
    await this.doneButton.click();
    return key;
  }

  async revoke(name: string): Promise<void> {
    await this.row(name).getByRole('button', { name: 'Revoke' }).click();
    await this.revokeDialog.getByRole('button', { name: 'Revoke' }).click();
  }
}
