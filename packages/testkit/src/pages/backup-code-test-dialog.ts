import type { Locator, Page } from '@playwright/test';

/** Opened from MFA Settings: says whether a backup code is good, and spends none. */
export class BackupCodeTestDialog {
  readonly openButton: Locator;
  readonly dialog: Locator;
  readonly code: Locator;
  readonly testButton: Locator;
  /** Says that the code is good. */
  readonly good: Locator;

  constructor(page: Page) {
    this.openButton = page.getByRole('button', { name: 'Test a backup code', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Test a backup code' });
    this.code = this.dialog.getByLabel('Backup code', { exact: true });
    this.testButton = this.dialog.getByRole('button', { name: 'Test', exact: true });
    this.good = this.dialog.getByText('This code is good');
  }

  /** Tests a code; the dialog stays open, for another one. */
  async check(code: string): Promise<void> {
    if (!(await this.dialog.isVisible())) await this.openButton.click();
    await this.code.fill(code);
    await this.testButton.click();
  }
}
