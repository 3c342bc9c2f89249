import type { Locator, Page } from '@playwright/test';

/** Of a provider, as the page calls them. */
export type ProviderKind = 'Microsoft Entra ID' | 'Google Workspace' | 'OpenID Connect' | 'SAML 2.0';

/** `/settings/sso`: the domains of an organization, and its connections to identity providers. */
export class SsoSettingsPage {
  readonly page: Page;
  readonly addConnectionLink: Locator;
  readonly domain: Locator;
  readonly addDomainButton: Locator;
  /** Of the DNS record that proves a domain that is not verified. */
  readonly recordValue: Locator;
  /** On the page of a new connection: `Client ID` and its like are fields of the provider's kind. */
  readonly submitConnectionButton: Locator;
  /** On the page of one connection. */
  readonly testButton: Locator;
  readonly deleteButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.addConnectionLink = page.getByRole('link', { name: 'Add a connection' });
    this.domain = page.getByLabel('Domain', { exact: true });
    this.addDomainButton = page.getByRole('button', { name: 'Add domain' });
    this.recordValue = page.getByLabel('Value', { exact: true });
    this.submitConnectionButton = page.getByRole('button', { name: 'Add the connection' });
    this.testButton = page.getByRole('button', { name: 'Test connection' });
    this.deleteButton = page.getByRole('button', { name: 'Delete connection' });
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/sso');
  }

  /** The link to one connection. */
  connection(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  verifyButton(domain: string): Locator {
    return this.page.getByRole('button', { name: `Verify ${domain}` });
  }

  /** Claims a domain, which counts once its record is found. */
  async addDomain(name: string): Promise<void> {
    await this.domain.fill(name);
    await this.addDomainButton.click();
  }

  /**
   * Adds a connection, which is switched off, and leads to its page.
   *
   * @param fields by their labels; of a list of several values each is entered
   */
  async addConnection(kind: ProviderKind, fields: Readonly<Record<string, string | readonly string[]>>): Promise<void> {
    await this.addConnectionLink.first().click();
    await this.page.getByRole('link', { name: kind }).click();
    for (const [label, value] of Object.entries(fields)) {
      if (typeof value === 'string') await this.page.getByLabel(label, { exact: true }).fill(value);
      else await this.#enter(label, value);
    }
    await this.submitConnectionButton.click();
  }

  async #enter(label: string, values: readonly string[]): Promise<void> {
    const field = this.page.getByRole('combobox', { name: label });
    for (const value of values) {
      await field.fill(value);
      await field.press('Enter');
    }
  }

  /** Deletes the connection whose page is open. */
  async deleteConnection(name: string): Promise<void> {
    await this.deleteButton.click();
    const dialog = this.page.getByRole('dialog', { name: `Delete ${name}?` });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  }
}
