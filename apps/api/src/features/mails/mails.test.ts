import { describe, expect, test } from 'vitest';
import * as exported from './index.ts';

const { invitationUrl, ...templates } = exported;

const publicUrl = new URL('https://login.example.com');
const to = 'ann@acme.example';
const name = 'Ann';
const token = 'tok-en_1';
const linked = { to, name, publicUrl };
const asked = { to, reason: 'Lost the phone', dueAt: new Date(0) };

const mails = {
  invitation: templates.invitation({ ...linked, organizationName: 'Acme', token }),
  invitationThroughSso: templates.invitationThroughSso({ ...linked, organizationName: 'Acme' }),
  passwordReset: templates.passwordReset({ ...linked, token }),
  passwordResetThroughSso: templates.passwordResetThroughSso(linked),
  passwordRemoved: templates.passwordRemoved({ to, publicUrl, hadMfa: true }),
  ssoLink: templates.ssoLink({ ...linked, organizationName: 'Acme', token }),
  passwordChanged: templates.passwordChanged({ to }),
  signInUnlocked: templates.signInUnlocked({ to }),
  sessionsEnded: templates.sessionsEnded({ to }),
  mfaEnabled: templates.mfaEnabled({ to }),
  deviceRemembered: templates.deviceRemembered({ to, days: 30 }),
  factorAdded: templates.factorAdded({ to, name: 'Key' }),
  factorRemoved: templates.factorRemoved({ to, name: 'Key' }),
  candidateAdded: templates.candidateAdded({ to, until: new Date(0) }),
  factorReplaced: templates.factorReplaced({ to }),
  mfaDisabled: templates.mfaDisabled({ to }),
  mfaResetByAdmin: templates.mfaResetByAdmin({ to, publicUrl, token, reason: 'Lost the phone', withPass: true }),
  mfaResetDisputed: templates.mfaResetDisputed({ to, user: 'jane@acme.example', stopped: true }),
  accountDisputed: templates.accountDisputed({
    to,
    user: { id: 'id', email: 'jane@acme.example' },
    about: { action: 'session.signed_in', occurredAt: new Date(0) },
    publicUrl,
  }),
  mfaResetRequested: templates.mfaResetRequested({ ...asked, publicUrl, token, needsSecondAdmin: true }),
  mfaResetWaits: templates.mfaResetWaits({
    ...asked,
    publicUrl,
    by: 'bob@acme.example',
    user: { id: 'id', email: 'jane@acme.example' },
    expiresAt: new Date(0),
  }),
  recoveryAddressAdded: templates.recoveryAddressAdded({ to, address: 'ann@home.example' }),
  recoveryAddressLink: templates.recoveryAddressLink({ to, publicUrl, token }),
  recoveryAddressRemoved: templates.recoveryAddressRemoved({ to, address: 'ann@home.example' }),
  recoveryLink: templates.recoveryLink({ to, publicUrl, token, account: 'ann@acme.example', hours: 24 }),
  recoveryRequested: templates.recoveryRequested({ to, publicUrl, token, dueAt: new Date(0) }),
  recoveryWaits: templates.recoveryWaits({ to, publicUrl, user: { id: 'id', email: to }, dueAt: new Date(0) }),
  mfaResetByRecovery: templates.mfaResetByRecovery({ to, publicUrl, token }),
  recoveryPass: templates.recoveryPass({ to, publicUrl, account: to, pass: 'ABCD-EFGH-JKMN' }),
  mfaResetEnded: templates.mfaResetEnded({ to, how: 'expired' }),
  mfaResetStoppedByUser: templates.mfaResetStoppedByUser({ to, user: 'jane@acme.example' }),
  secondFactorLocked: templates.secondFactorLocked({ to, until: new Date(0) }),
  backupCodeUsed: templates.backupCodeUsed({ to, remaining: 3 }),
  backupCodesRegenerated: templates.backupCodesRegenerated({ to }),
  sessionEndedForSafety: templates.sessionEndedForSafety({ to }),
  identityLinked: templates.identityLinked({ to, connectionName: 'Acme' }),
  identityUnlinked: templates.identityUnlinked({ to, connectionName: 'Acme' }),
  connectionChanged: templates.connectionChanged({ to, connectionName: 'Acme', news: 'changed', by: 'Bob' }),
  localSignInSwitched: templates.localSignInSwitched({ to, on: false, by: 'Bob', keeping: ['Acme'] }),
  userErased: templates.userErased({ to, organizationName: 'Acme' }),
  domainKept: templates.domainKept({ to, domain: 'acme.example', record: 'x' }),
  domainUnproved: templates.domainUnproved({ to, domain: 'acme.example', record: 'x', until: new Date(0) }),
};

test('the link of an invitation is the one that the mail has', () => {
  expect(mails.invitation.text).toContain(invitationUrl(publicUrl, token));
});

test('every template is tested here', () => {
  expect(Object.keys(mails).toSorted()).toEqual(Object.keys(templates).toSorted());
});

describe.each(Object.entries(mails))('%s', (_, mail) => {
  test('has a recipient, a short subject, and says the same as text and as HTML', () => {
    expect(mail.to).toBe(to);
    expect(mail.subject.length).toBeLessThan(50);
    const shown = mail.html
      .replace(/<title>.*<\/title>/, '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&#39;', "'");
    for (const paragraph of mail.text.trim().split(/\n+/)) {
      expect(shown.replace(/\s+/g, ' ')).toContain(paragraph.replace(/:$/, ''));
    }
  });

  test('is an HTML page with language, title and no outside resource', () => {
    expect(mail.html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(mail.html).toContain(`<title>${mail.subject}</title>`);
    expect(mail.html).not.toMatch(/<(img|script|style|link)|src=/);
  });

  test('links to nothing but the public origin', () => {
    const links = `${mail.text} ${mail.html}`.match(/https?:[^\s<>"]+/g) ?? [];
    for (const link of links) expect(new URL(link).origin).toBe(publicUrl.origin);
  });
});

test('tokens stand in the fragment, which no server sees', () => {
  expect(mails.invitation.text).toContain('https://login.example.com/accept-invitation#token=tok-en_1\n');
  expect(mails.passwordReset.text).toContain('https://login.example.com/reset-password#token=tok-en_1\n');
  expect(mails.ssoLink.text).toContain('https://login.example.com/link-account#token=tok-en_1\n');
  expect(mails.passwordResetThroughSso.text).toContain('https://login.example.com/sign-in\n');
  expect(mails.invitation.html).toContain('href="https://login.example.com/accept-invitation#token=tok-en_1"');
});

test('what a user typed is text, on one line, and never a header', () => {
  const evil = { ...linked, name: '<b>A</b> & "B"\r\n\r\nPay at once', organizationName: "O'Hara\u0000 <Ltd>", token };
  const { html, text, subject } = templates.invitation(evil);
  expect(html).toContain('Hello &lt;b&gt;A&lt;/b&gt; &amp; &quot;B&quot; Pay at once,');
  expect(html).toContain('O&#39;Hara &lt;Ltd&gt;');
  expect(text).toContain('Hello <b>A</b> & "B" Pay at once,\n');
  expect(subject).toBe(mails.invitation.subject);
});

test.each([
  [9, '9 are left.'],
  [1, 'One is left.'],
  [0, 'None is left.'],
])('SEC-13: with %i backup codes left it says so', (remaining, words) => {
  expect(templates.backupCodeUsed({ to, remaining }).text).toContain(words);
});
