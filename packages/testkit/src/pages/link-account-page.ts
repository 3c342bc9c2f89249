import type { Locator, Page } from '@playwright/test';

/** `/link-account`: where the mailed link leads that connects the account at work. */
export class LinkAccountPage {
  readonly page: Page;
  readonly heading: Locator;
  /** Says that the link is none any more. */
  readonly dead: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Connect your account at work' });
    this.dead = page.getByText('The link was used already');
  }

  /** Goes to the provider, which leads back signed in. */
  async connect(connection: string): Promise<void> {
    await this.page.getByRole('button', { name: `Connect with ${connection}`, exact: true }).click();
  }
}
