import type { Locator, Page } from '@playwright/test';

/** `/account/security`: all that keeps the own account safe on one page. */
export class SecurityPage {
  readonly page: Page;
  readonly heading: Locator;
  /** What the user did and what happened to the account, newest first. */
  readonly events: Locator;
  /** Of no event in particular. */
  readonly notMeButton: Locator;
  readonly dialog: Locator;
  readonly changePasswordLink: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Security' });
    this.events = page.getByRole('list', { name: 'What happened lately' }).getByRole('listitem');
    this.notMeButton = page.getByRole('button', { name: 'That was not me', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Was it not you?' });
    this.changePasswordLink = page.getByRole('link', { name: 'Change password', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/account/security');
  }

  /** Says of the newest event with this text that it was not oneself. */
  async notMe(event: string | RegExp): Promise<void> {
    const row = this.events.filter({ hasText: event }).first();
    await row.getByRole('button', { expanded: false }).click();
    await row.getByRole('button', { name: /^That was not me/ }).click();
    await this.dialog.getByRole('button', { name: 'It was not me' }).click();
  }
}
