import {
  MFA_RESET_DISPUTE_SECONDS,
  RECOVERY_ADDRESS_SECONDS,
  RECOVERY_SECONDS,
  REENROLLMENT_PASS_SECONDS,
} from '@sallyport/core';
import { renderMail } from '../../platform/mail/layout.ts';
import type { MailMessage } from '../../platform/mail/mailer.ts';
import { FACTORS_ARE_DEAD, minuteOf, NOT_YOU, type To, tokenUrl } from './words.ts';

/** A link with a token. */
interface Linked extends To {
  publicUrl: URL;
  token: string;
}

/** To the account. @param mail.address that was named */
export const recoveryAddressAdded = ({ to, address }: To & { address: string }): MailMessage =>
  renderMail({
    to,
    subject: 'A recovery address was named',
    paragraphs: [
      `${address} was named as the recovery address of your account. Once it is confirmed, a reset of two-factor authentication can be asked for with your password and that mailbox.`,
      NOT_YOU,
    ],
  });

/** To the recovery address. It does not name the account: the address may be somebody else's by mistake. */
export const recoveryAddressLink = ({ to, publicUrl, token }: Linked): MailMessage =>
  renderMail({
    to,
    subject: 'Confirm your recovery address',
    paragraphs: [
      'Someone, most likely you, named this address as the recovery address of a Sallyport account. It counts once you confirm it.',
    ],
    link: { label: 'Confirm the address', url: tokenUrl(publicUrl, '/recover/address', token) },
    closing: [
      `The link works once and for ${RECOVERY_ADDRESS_SECONDS / 3600} hours.`,
      'If you have no such account, ignore this mail: without you nothing happens.',
    ],
  });

/** To the account. @param mail.address that was removed */
export const recoveryAddressRemoved = ({ to, address }: To & { address: string }): MailMessage =>
  renderMail({
    to,
    subject: 'Your recovery address was removed',
    paragraphs: [`${address} is not the recovery address of your account any more.`, NOT_YOU],
  });

/** To the recovery address. @param mail.account address of the account @param mail.hours that the reset waits */
export const recoveryLink = (mail: Linked & { account: string; hours: number }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'Have you lost your second factor?',
    paragraphs: [
      `Someone signed in to ${mail.account} with the right password, and has neither the second factor nor a backup code.`,
      `If this was you, ask for a reset of two-factor authentication. It takes place ${mail.hours === 1 ? 'an hour' : `${mail.hours} hours`} later; your administrators and the address of the account are told at once, and each can stop it.`,
    ],
    link: { label: 'Ask for the reset', url: tokenUrl(mail.publicUrl, '/recover', mail.token) },
    closing: [
      `The link works once and for ${RECOVERY_SECONDS / 60} minutes.`,
      'If this was not you, do not follow it: someone else knows your password. Change it at once, and tell your administrator.',
    ],
  });

/** A reset that waits, to its user. @param mail.token says that it was not asked for */
export const recoveryRequested = (mail: Linked & { dueAt: Date }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A reset of your second factor was asked for',
    paragraphs: [
      `A reset of two-factor authentication for your account was asked for with your password and your recovery address. It takes place at ${minuteOf(mail.dueAt)}. Until then you sign in as before.`,
      'Did you ask for this? Then there is nothing to do. If not, someone may be about to take over your account: stop it.',
    ],
    link: { label: 'This was not me', url: tokenUrl(mail.publicUrl, '/not-me', mail.token) },
    closing: [
      `The link stops the reset, ends every session of your account and alerts the administrators. It works once and for ${MFA_RESET_DISPUTE_SECONDS / 86_400} days. You can stop the reset under MFA Settings too.`,
    ],
  });

/** The same, to the admins of the organisation of the user and of its partner. */
export const recoveryWaits = (
  mail: To & { publicUrl: URL; user: { id: string; email: string }; dueAt: Date },
): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A reset of a second factor waits',
    paragraphs: [
      `${mail.user.email} asked to reset its two-factor authentication, with its password and its recovery address. It takes place at ${minuteOf(mail.dueAt)}; nobody has to do anything for it.`,
      'If in doubt, speak to the user, by another way than mail, and stop it.',
    ],
    link: { label: 'Look at the user', url: new URL(`/users/${mail.user.id}/edit`, mail.publicUrl).href },
    closing: ['It can be stopped there until it takes place.'],
  });

/** The reset took place, to the user. @param mail.token says that it was not asked for */
export const mfaResetByRecovery = ({ to, publicUrl, token }: Linked): MailMessage =>
  renderMail({
    to,
    subject: 'Two-factor authentication was reset',
    paragraphs: [
      'The reset of two-factor authentication for your account took place that was asked for with your password and your recovery address. Your sessions were ended; you sign in with your password alone until you set it up again under MFA Settings.',
      'To set it up again you need the pass that was mailed to your recovery address: nobody else can do it with your password alone.',
      FACTORS_ARE_DEAD,
      'Did you not ask for this? Then someone may be about to take over your account.',
    ],
    link: { label: 'This was not me', url: tokenUrl(publicUrl, '/not-me', token) },
    closing: [
      `The link ends every session of your account and alerts the administrators. It works once and for ${MFA_RESET_DISPUTE_SECONDS / 86_400} days.`,
    ],
  });

/** The same, to the recovery address. @param mail.account address of the account */
export const recoveryPass = (mail: To & { publicUrl: URL; account: string; pass: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'Your re-enrollment pass',
    paragraphs: [
      `Two-factor authentication of ${mail.account} was reset. Sign in with your password and set it up again under MFA Settings. You are asked for this pass:`,
      mail.pass,
    ],
    link: { label: 'Sign in', url: new URL('/sign-in', mail.publicUrl).href },
    closing: [
      `The pass is taken once and for ${REENROLLMENT_PASS_SECONDS / 86_400} days. Give it to nobody: your administrator can give you another one.`,
    ],
  });
