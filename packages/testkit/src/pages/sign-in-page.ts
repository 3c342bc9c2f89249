import type { Locator, Page } from '@playwright/test';

/** `/sign-in`: the first step. */
export class SignInPage {
  readonly page: Page;
  readonly email: Locator;
  readonly password: Locator;
  readonly signInButton: Locator;
  /** Where a passkey signs in alone. */
  readonly withPasskey: Locator;

  constructor(page: Page) {
    this.page = page;
    this.email = page.getByLabel('Email', { exact: true });
    this.password = page.getByLabel('Password', { exact: true });
    this.signInButton = page.getByRole('button', { name: 'Sign in', exact: true });
    this.withPasskey = page.getByRole('button', { name: 'Sign in with a passkey' });
  }

  async open(): Promise<void> {
    await this.page.goto('/sign-in');
  }

  /** The button of a connection, once an address of its domains is typed or the page is an organization's. */
  through(connection: string): Locator {
    return this.page.getByRole('button', { name: `Sign in with ${connection}`, exact: true });
  }

  /** Types address and password and presses the button, on a page that is open already. */
  async submit(person: { email: string; password: string }): Promise<void> {
    await this.email.fill(person.email);
    await this.password.fill(person.password);
    await this.signInButton.click();
  }

  /** Opens the page and signs in with the password. */
  async signIn(person: { email: string; password: string }): Promise<void> {
    await this.open();
    await this.submit(person);
  }
}
