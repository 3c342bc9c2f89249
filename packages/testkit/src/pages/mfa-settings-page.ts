import type { Locator, Page } from '@playwright/test';
import type { Person } from '../directory.ts';
import type { VirtualAuthenticator } from '../virtual-authenticator.ts';
import { downloaded } from './downloaded.ts';

/** `/account/mfa`: the user's own two-factor authentication. */
export class MfaSettingsPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly enableButton: Locator;
  readonly disableButton: Locator;
  readonly regenerateButton: Locator;
  readonly addPasskeyButton: Locator;
  readonly usePasskeyInstead: Locator;
  readonly changePhoneButton: Locator;
  /** Says that a new phone waits for its first sign-in. */
  readonly newPhone: Locator;
  readonly giveUpButton: Locator;
  readonly qrCode: Locator;
  readonly password: Locator;
  readonly code: Locator;
  /** Asked for after a reset, where the organisation wants it. */
  readonly pass: Locator;
  readonly confirmButton: Locator;
  readonly backupCodesHeading: Locator;
  readonly backupCodes: Locator;
  readonly copyButton: Locator;
  readonly downloadButton: Locator;
  readonly printButton: Locator;
  readonly savedTick: Locator;
  readonly doneButton: Locator;
  /** Of a reset that an admin asked for. */
  readonly stopResetButton: Locator;
  /** Only where the organisation lets users recover without an admin. */
  readonly nameRecoveryAddressButton: Locator;
  /** Why it has to be set up, and who asks. */
  readonly required: Locator;
  /** The way out while nothing else is open. */
  readonly signOutButton: Locator;

  constructor(page: Page) {
    this.page = page;
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
    this.heading = page.getByRole('heading', { name: 'MFA Settings' });
    this.enableButton = button('Enable Two-Factor Auth');
    this.disableButton = button('Disable Two-Factor Auth');
    this.regenerateButton = button('Regenerate backup codes');
    this.addPasskeyButton = button('Add a passkey');
    this.usePasskeyInstead = button('Use a passkey instead');
    this.changePhoneButton = button('Change phone');
    this.newPhone = page.getByText('Your new phone is set up');
    this.giveUpButton = button('Give the new phone up');
    this.qrCode = page.getByRole('img', { name: 'QR code' });
    this.password = page.getByLabel('Current password', { exact: true });
    this.code = page.getByLabel('6-digit code', { exact: true });
    this.pass = page.getByLabel('Re-enrollment pass', { exact: true });
    this.confirmButton = button('Confirm');
    this.backupCodesHeading = page.getByRole('heading', { name: 'Backup codes', exact: true });
    this.backupCodes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
    this.copyButton = button('Copy');
    this.downloadButton = button('Download');
    this.printButton = button('Print');
    this.savedTick = page.getByRole('checkbox', { name: 'I have saved these codes' });
    this.doneButton = button('Done');
    this.stopResetButton = button('Stop the reset');
    this.nameRecoveryAddressButton = button('Name a recovery address');
    this.required = page.getByText(/ requires two-factor authentication$/);
    this.signOutButton = button('Sign out');
  }

  async open(): Promise<void> {
    await this.page.goto('/account/mfa');
  }

  /** The key for typing by hand, base32 without the spaces that it is shown with. */
  async shownKey(): Promise<string> {
    const text = await this.page.getByText(/^(?:[A-Z2-7]{4} ?){8}$/).textContent();
    return (text ?? '').replaceAll(/\s/g, '');
  }

  /** Presses the button and holds the phone's camera to the screen. */
  async beginEnrollment(authenticator: VirtualAuthenticator): Promise<void> {
    await this.enableButton.click();
    await this.qrCode.waitFor();
    authenticator.scan(await this.page.screenshot());
  }

  /** Answers with password and code, as enabling, disabling and regenerating ask for them. */
  async confirm(person: Person, code: string): Promise<void> {
    await this.password.fill(person.password);
    await this.code.fill(code);
    await this.confirmButton.click();
  }

  /**
   * Sets the app of another phone up, which takes over at the next sign-in with a code of it.
   *
   * @param code of the present app, or a backup code
   * @param authenticator on the new phone, which scans the screen
   */
  async changePhone(person: Person, code: string, authenticator: VirtualAuthenticator): Promise<void> {
    await this.changePhoneButton.click();
    await this.confirm(person, code);
    await this.qrCode.waitFor();
    authenticator.scan(await this.page.screenshot({ fullPage: true }));
    await this.code.fill(await authenticator.nextCode());
    await this.confirmButton.click();
  }

  /** Names a mailbox for a recovery without an admin; it counts once the mailed link was followed. */
  async nameRecoveryAddress(person: Person, address: string, code: string): Promise<void> {
    await this.nameRecoveryAddressButton.click();
    await this.page.getByLabel('Email address', { exact: true }).fill(address);
    await this.confirm(person, code);
  }

  /** Gives a passkey its name and the password; the browser then asks whatever authenticator there is. */
  async addPasskey(person: Person, name: string): Promise<void> {
    await this.addPasskeyButton.click();
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.password.fill(person.password);
    await this.page.getByRole('button', { name: 'Continue' }).click();
  }

  /** One of the second factors, by its name. */
  factor(name: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: name });
  }

  /** The ten codes on the screen. */
  async shownBackupCodes(): Promise<string[]> {
    await this.backupCodesHeading.waitFor();
    await this.backupCodes.first().waitFor();
    return this.backupCodes.allInnerTexts();
  }

  /** Ticks that the backup codes are saved, and leaves them. */
  async finish(): Promise<void> {
    await this.savedTick.check();
    await this.doneButton.click();
  }

  /** Downloads the backup codes and reads the file. */
  downloadBackupCodes(): Promise<{ fileName: string; text: string }> {
    return downloaded(this.downloadButton);
  }
}
