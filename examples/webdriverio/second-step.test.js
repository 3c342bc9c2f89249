import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Mailbox, seedTenant, signInAt, TestMode, VirtualAuthenticator } from '@sallyport/testkit/plain';
import { openBrowser } from './browser.js';

const url = process.env.SALLYPORT_URL ?? 'http://localhost:3000';
const testMode = new TestMode(url);

let browser;
/** A partner and a customer with their people, of this file alone. */
let tenant;

before(async () => {
  [browser, tenant] = await Promise.all([openBrowser(url), seedTenant(testMode)]);
});
after(async () => {
  await browser?.deleteSession();
  if (tenant) await testMode.removeTenant(tenant.partner.slug);
});
beforeEach(() => browser.deleteCookies());

const field = (label) => browser.$(`aria/${label}`);
const button = (name) => browser.$(`button=${name}`);

test('a user turns two-factor authentication on, and signs in with a code', async () => {
  const { member } = tenant;
  // #region cookies
  const cookies = await signInAt(url, member);
  await browser.url('/sign-in');
  await browser.setCookies(cookies);
  await browser.url('/account/mfa');
  // #endregion cookies

  // #region phone
  await button('Enable Two-Factor Auth').click();
  const qrCode = browser.$('aria/QR code');
  await qrCode.waitForDisplayed();
  const phone = new VirtualAuthenticator();
  phone.scan(Buffer.from(await browser.takeScreenshot(), 'base64'));
  await field('Current password').setValue(member.password);
  await field('6-digit code').setValue(await phone.nextCode());
  await button('Confirm').click();
  // #endregion phone
  await browser.$('h2=Backup codes').waitForDisplayed();
  assert.equal(await browser.$$('[aria-label="Backup codes"] li').length, 10);

  await browser.deleteCookies();
  await browser.url('/sign-in');
  await field('Email').setValue(member.email);
  await field('Password').setValue(member.password);
  await button('Sign in').click();
  await field('Authentication code').setValue(await phone.nextCode());
  await button('Verify').click();
  await browser.$('aria/Account menu').waitForDisplayed();
});

test('a user who forgot the password chooses another by mail', async () => {
  const { customerAdmin } = tenant;
  await browser.url('/forgot-password');
  await field('Email').setValue(customerAdmin.email);
  await button('Send the link').click();
  // #region mail
  await browser.url(await new Mailbox(testMode).link(customerAdmin.email, '/reset-password'));
  // #endregion mail
  await field('New password').setValue('quiet harbour at noon');
  await button('Save the new password').click();
  await field('Email').waitForDisplayed();
  await field('Email').setValue(customerAdmin.email);
  await field('Password').setValue('quiet harbour at noon');
  await button('Sign in').click();
  await browser.$('aria/Account menu').waitForDisplayed();
});
