import type { Locator, Page } from '@playwright/test';

/** `/organizations`: a partner and its customers. */
export class OrganizationsPage {
  readonly page: Page;
  readonly createButton: Locator;
  readonly name: Locator;
  readonly slug: Locator;

  constructor(page: Page) {
    this.page = page;
    this.createButton = page.getByRole('button', { name: 'Create customer' });
    this.name = page.getByLabel('Name', { exact: true });
    this.slug = page.getByLabel('Short name', { exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/organizations');
  }

  /** Creates a customer and waits for its page. */
  async create(name: string, slug: string): Promise<void> {
    await this.createButton.click();
    await this.name.fill(name);
    await this.slug.fill(slug);
    await this.page.getByRole('button', { name: 'Create', exact: true }).click();
    await this.page.waitForURL(/\/organizations\/[0-9a-f-]{36}$/);
  }
}
