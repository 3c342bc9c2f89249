import {
  INVITATION_SECONDS,
  MFA_RESET_DISPUTE_SECONDS,
  PASSWORD_RESET_SECONDS,
  SSO_LINK_SECONDS,
} from '@sallyport/core';
import { renderMail } from '../../platform/mail/layout.ts';
import type { MailMessage } from '../../platform/mail/mailer.ts';
import { FACTORS_ARE_DEAD, minuteOf, NOT_YOU, type To, tokenUrl } from './words.ts';

export * from './recovery.ts';

/** Every mail that the service sends. Links lead to the public origin only, with the token in the fragment. */

interface Linked extends To {
  name: string;
  publicUrl: URL;
}

export const invitation = (mail: Linked & { organizationName: string; token: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'You are invited to Sallyport',
    paragraphs: [
      `Hello ${mail.name},`,
      `an administrator of ${mail.organizationName} has made an account for you. Choose a password to start.`,
    ],
    link: { label: 'Accept the invitation', url: invitationUrl(mail.publicUrl, mail.token) },
    closing: [
      `The link works once and for ${INVITATION_SECONDS / 86_400} days.`,
      'If you do not expect this, ignore this mail: without you nothing happens.',
    ],
  });

/** Where an invited user chooses a password; also handed over by the operator, without a mail. */
export const invitationUrl = (publicUrl: URL, token: string): string =>
  tokenUrl(publicUrl, '/accept-invitation', token);

export const invitationThroughSso = (mail: Linked & { organizationName: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'You are invited to Sallyport',
    paragraphs: [
      `Hello ${mail.name},`,
      `an administrator of ${mail.organizationName} has made an account for you. You need no password: sign in through the single sign-on of your organization.`,
    ],
    link: { label: 'Sign in', url: new URL('/sign-in', mail.publicUrl).href },
    closing: ['If you do not expect this, ignore this mail: without you nothing happens.'],
  });

/** For a user whose password is in the way of single sign-on, or opens nothing any more. */
export const ssoLink = (mail: Linked & { organizationName: string; token: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'Connect your account at work',
    paragraphs: [
      `Hello ${mail.name},`,
      `people of ${mail.organizationName} sign in to Sallyport with their account at work. Connect yours once; from then on it signs you in here.`,
    ],
    link: { label: 'Connect the account', url: tokenUrl(mail.publicUrl, '/link-account', mail.token) },
    closing: [
      `The link works once and for ${SSO_LINK_SECONDS / 86_400} days, for your account at work with this address only.`,
      'If you do not expect this, ignore this mail: without you nothing happens.',
    ],
  });

export const passwordReset = (mail: Linked & { token: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'Choose a new password',
    paragraphs: [`Hello ${mail.name},`, 'someone, most likely you, asked for a new password for this address.'],
    link: { label: 'Choose a new password', url: tokenUrl(mail.publicUrl, '/reset-password', mail.token) },
    closing: [
      `The link works once and for ${PASSWORD_RESET_SECONDS / 60} minutes. Two-factor authentication stays as it is.`,
      'If it was not you, ignore this mail: your password stays as it is.',
    ],
  });

export const passwordResetThroughSso = (mail: Linked): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'You sign in without a password here',
    paragraphs: [
      `Hello ${mail.name},`,
      'someone, most likely you, asked for a new password for this address. Your account has none to reset: you sign in through the single sign-on of your organization.',
    ],
    link: { label: 'Sign in', url: new URL('/sign-in', mail.publicUrl).href },
    closing: ['If it was not you, ignore this mail.'],
  });

export const passwordChanged = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'Your password was changed',
    paragraphs: [
      'The password of your account was changed. Your other sessions were ended.',
      'If this was not you, ask for a new password on the sign-in page at once, and tell your administrator.',
    ],
  });

/** By an operator, after too many wrong passwords or codes. */
export const signInUnlocked = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'You can sign in again at once',
    paragraphs: [
      'Too many wrong passwords or codes were entered for your account. An operator lifted the pause that followed.',
      'If it was not you who entered them, someone may be guessing: tell your administrator.',
    ],
  });

/** The last mail to an account. */
export const userErased = ({ to, organizationName }: To & { organizationName: string }): MailMessage =>
  renderMail({
    to,
    subject: 'Your account was erased',
    paragraphs: [
      `Your account at ${organizationName} was erased, with all that was kept of you: you cannot sign in any more.`,
      'What you had set up for it, in an authenticator app or as a passkey, can be removed there.',
      'If you did not expect this, ask the administrators of your organization.',
    ],
  });

/** By an operator. */
export const sessionsEnded = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'You were signed out everywhere',
    paragraphs: [
      'An operator ended every session of your account. Sign in again to go on.',
      'If you do not know why this was done, ask your administrator.',
    ],
  });

/** By an administrator, or an operator's file. */
export const passwordRemoved = (mail: To & { publicUrl: URL; hadMfa: boolean }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'You sign in through single sign-on now',
    paragraphs: [
      'An administrator took the password of your account away, and the sessions that began with it were ended.',
      'From now on you sign in through the single sign-on of your organization.',
      ...(mail.hadMfa ? [FACTORS_ARE_DEAD] : []),
    ],
    link: { label: 'Sign in', url: new URL('/sign-in', mail.publicUrl).href },
    closing: ['If you cannot sign in, or do not know why this was done, ask your administrator.'],
  });

export const mfaEnabled = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'Two-factor authentication is on',
    paragraphs: [
      'Two-factor authentication was enabled for your account. Your other sessions were ended.',
      'Keep your backup codes where you can reach them without your phone.',
      NOT_YOU,
    ],
  });

/** @param mail.name of the factor */
export const factorAdded = (mail: To & { name: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A second factor was added',
    paragraphs: [`“${mail.name}” was added as a second factor of your account: it signs you in from now on.`, NOT_YOU],
  });

/** @param mail.until when it has to have proved itself in a sign-in */
export const candidateAdded = (mail: To & { until: Date }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A new authenticator app was set up',
    paragraphs: [
      `A new authenticator app was set up for your account. It takes the place of the present one when you sign in with a code of it, until ${mail.until.toISOString().slice(0, 16).replace('T', ' ')} UTC. Until you do, the present one works.`,
      'You can give the new one up under MFA Settings.',
      NOT_YOU,
    ],
  });

export const factorReplaced = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'Your new authenticator app took over',
    paragraphs: [
      'Someone, most likely you, signed in with a code of the new authenticator app. The earlier one does not work any more: remove the account from it. Your other sessions were ended, and no browser is remembered. Your backup codes stay as they are.',
      NOT_YOU,
    ],
  });

/** @param mail.name of the factor */
export const factorRemoved = (mail: To & { name: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A second factor was removed',
    paragraphs: [
      `“${mail.name}” was removed from the second factors of your account. Your other sessions were ended.`,
      NOT_YOU,
    ],
  });

export const mfaDisabled = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'Two-factor authentication is off',
    paragraphs: [
      'Two-factor authentication was disabled for your account. Your other sessions were ended.',
      FACTORS_ARE_DEAD,
      NOT_YOU,
    ],
  });

/**
 * Also for the reset by an operator's command.
 *
 * @param mail.token says that it was not asked for
 * @param mail.reason in the words of the admin; null where none was given
 * @param mail.withPass whether the user needs the pass that the admin was given
 */
export const mfaResetByAdmin = (
  mail: To & { publicUrl: URL; token: string; reason: string | null; withPass: boolean },
): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'Two-factor authentication was reset',
    paragraphs: [
      'An administrator reset two-factor authentication for your account. Your sessions were ended; you sign in with your password alone until you set it up again under MFA Settings.',
      ...reasonGiven(mail.reason),
      ...(mail.withPass
        ? [
            'To set it up again you need a pass, which your administrator reads out to you: nobody else can do it with your password alone.',
          ]
        : []),
      FACTORS_ARE_DEAD,
      'Did you not ask for this? Then someone may be about to take over your account.',
    ],
    link: { label: 'This was not me', url: tokenUrl(mail.publicUrl, '/not-me', mail.token) },
    closing: [
      `The link ends every session of your account and alerts the administrators. It works once and for ${MFA_RESET_DISPUTE_SECONDS / 86_400} days.`,
    ],
  });

/** What a reset waits for. */
interface Wait {
  /** When it takes place at the earliest. */
  dueAt: Date;
  /** In the words of the admin; null where none was given. */
  reason: string | null;
}

/** A reset that waits, to its user. @param mail.token says that it was not asked for */
export const mfaResetRequested = (
  mail: To & Wait & { publicUrl: URL; token: string; needsSecondAdmin: boolean },
): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A reset of your second factor was asked for',
    paragraphs: [
      `An administrator asked to reset two-factor authentication for your account. It takes place ${mail.needsSecondAdmin ? 'once another administrator approved it, ' : ''}at ${minuteOf(mail.dueAt)} at the earliest. Until then you sign in as before.`,
      ...reasonGiven(mail.reason),
      'Did you ask for this? Then there is nothing to do. If not, someone may be about to take over your account: stop it.',
    ],
    link: { label: 'This was not me', url: tokenUrl(mail.publicUrl, '/not-me', mail.token) },
    closing: [
      `The link stops the reset, ends every session of your account and alerts the administrators. It works once and for ${MFA_RESET_DISPUTE_SECONDS / 86_400} days. You can stop the reset under MFA Settings too.`,
    ],
  });

/**
 * A reset that waits, to the admins of the organisation of the user and of its partner.
 *
 * @param mail.by address of the admin who asked
 * @param mail.expiresAt until when another one may approve it; null where none needs to
 */
export const mfaResetWaits = (
  mail: To & Wait & { publicUrl: URL; by: string; user: { id: string; email: string }; expiresAt: Date | null },
): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A reset of a second factor waits',
    paragraphs: [
      `${mail.by} asked to reset two-factor authentication of ${mail.user.email}. It takes place at ${minuteOf(mail.dueAt)} at the earliest.`,
      ...reasonGiven(mail.reason),
      ...(mail.expiresAt === null
        ? []
        : [`It needs the approval of another administrator, until ${minuteOf(mail.expiresAt)}.`]),
      'If you do not know why it was asked for, speak to the user, by another way than mail, and stop it.',
    ],
    link: { label: 'Look at the user', url: new URL(`/users/${mail.user.id}/edit`, mail.publicUrl).href },
    closing: ['It can be stopped there until it takes place.'],
  });

/** A reset that waited and does not take place, to its user. */
export const mfaResetEnded = ({ to, how }: To & { how: 'stopped' | 'expired' }): MailMessage =>
  renderMail({
    to,
    subject: 'Your second factor was not reset',
    paragraphs: [
      `The reset of two-factor authentication that was asked for your account ${how === 'stopped' ? 'was stopped' : 'was approved by no second administrator in time'}. You sign in as before.`,
      'If you have lost your authenticator, ask your administrator again.',
    ],
  });

/** To the admins of the organisation of the user, and of its partner. @param mail.user address of the user */
export const mfaResetStoppedByUser = ({ to, user }: To & { user: string }): MailMessage =>
  renderMail({
    to,
    subject: 'A user stopped the reset of its second factor',
    paragraphs: [
      `${user} stopped the reset of two-factor authentication that had been asked for.`,
      'Somebody else may have asked for it in the name of the user. The audit log says who asked.',
    ],
  });

/**
 * To the admins of the organisation of the user, and of its partner.
 *
 * @param mail.user address of the user
 * @param mail.stopped whether the reset waited still
 */
export const mfaResetDisputed = ({ to, user, stopped }: To & { user: string; stopped: boolean }): MailMessage =>
  renderMail({
    to,
    subject: 'A user says: this reset was not me',
    paragraphs: [
      stopped
        ? `A reset of two-factor authentication of ${user} waited, and the user says: this was not me. The reset was stopped, and every session of the account was ended.`
        : `Two-factor authentication of ${user} was reset, and the user says: this was not me. Every session of the account was ended; the reset stands.`,
      'Speak to the user, by another way than mail. Who asked for the reset may know the password: let the user choose a new one, and disable the account until then. The audit log says who asked for it.',
    ],
  });

/**
 * To the admins.
 *
 * @param mail.about the event that the user means, where it named one
 */
export const accountDisputed = ({
  to,
  user,
  about,
  publicUrl,
}: To & {
  user: { id: string; email: string };
  about: { action: string; occurredAt: Date } | null;
  publicUrl: URL;
}): MailMessage =>
  renderMail({
    to,
    subject: 'A user says: that was not me',
    paragraphs: [
      `${user.email} looked over its account and says: that was not me. Every other session of the account was ended, and no browser is remembered any more.`,
      ...(about === null ? [] : [`It is about ${about.action} of ${minuteOf(about.occurredAt)}.`]),
      'Speak to the user, by another way than mail. Somebody may know the password or have a device of the user: let the user choose a new password, and disable the account until then.',
    ],
    link: { label: 'See what happened', url: new URL(`/audit?user=${user.id}`, publicUrl).href },
  });

/** @param mail.until when codes are taken again */
export const secondFactorLocked = ({ to, until }: To & { until: Date }): MailMessage =>
  renderMail({
    to,
    subject: 'Someone entered many wrong codes',
    paragraphs: [
      `Too many wrong codes were entered for your account, so it takes none until ${minuteOf(until)}.`,
      'Whoever entered them had passed the first step: the password, single sign-on or a link that was mailed to you.',
      'If it was you, check that the clock of your phone is right, wait, and try again with a new code or a backup code.',
      NOT_YOU,
    ],
  });

/** @param mail.remaining codes that still work */
export const backupCodeUsed = (mail: To & { remaining: number }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A backup code was used',
    paragraphs: [
      `A backup code was used for your account. ${codesLeft(mail.remaining)}`,
      `You can make new ones under MFA Settings. ${NOT_YOU}`,
    ],
  });

/** @param mail.days for which the second step is not asked for there */
export const deviceRemembered = (mail: To & { days: number }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A browser is remembered for your account',
    paragraphs: [
      `Someone, most likely you, signed in with both steps and chose to be remembered: for ${mail.days === 1 ? 'a day' : `${mail.days} days`} that browser signs in with your password alone.`,
      'You see it, and can end it, under Sessions in your account. Whatever you change of your password or your second factors ends it too.',
      NOT_YOU,
    ],
  });

export const backupCodesRegenerated = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'You have new backup codes',
    paragraphs: ['New backup codes were made for your account. The old ones do not work any more.', NOT_YOU],
  });

export const sessionEndedForSafety = ({ to }: To): MailMessage =>
  renderMail({
    to,
    subject: 'A session was ended for safety',
    paragraphs: [
      'One of your sessions was used in a way that suggests a copy of it was stolen, so it was ended. Sign in again to go on.',
      'If you see this more than once, change your password and tell your administrator.',
    ],
  });

export const identityLinked = (mail: To & { connectionName: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'An account was linked',
    paragraphs: [
      `Your account at ${mail.connectionName} was linked: from now on it signs you in here.`,
      'If this was not you, tell your administrator at once, and unlink it under Linked accounts in your account.',
    ],
  });

export const identityUnlinked = (mail: To & { connectionName: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'An account was unlinked',
    paragraphs: [
      `Your account at ${mail.connectionName} was unlinked: it does not sign you in here any more.`,
      'If you do not know why, ask your administrator.',
    ],
  });

/** What became of a connection, or of a change of it that is to be tested before it serves. */
export type ConnectionNews = 'added' | 'changed' | 'staged' | 'applied' | 'discarded' | 'removed';

/** To the admins of the organisation. */
export const connectionChanged = (
  mail: To & { connectionName: string; news: ConnectionNews; by: string },
): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'Single sign-on was changed',
    paragraphs: [
      newsInWords(mail),
      'It decides who signs in to your organization. The audit log says what was changed. If it should not have been, tell the other administrators at once.',
    ],
  });

/**
 * To the admins of every organisation where it is in force.
 *
 * @param mail.keeping the names of the customers that keep it, to the admins of their partner
 */
export const localSignInSwitched = (mail: To & { on: boolean; by: string; keeping?: readonly string[] }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: `Local sign-in is ${mail.on ? 'on' : 'off'}`,
    paragraphs: [
      mail.on
        ? `Signing in with a password was allowed in your organization, by ${mail.by}.`
        : `Signing in with a password was switched off in your organization, by ${mail.by}. People sign in through single sign-on.`,
      ...(mail.keeping && mail.keeping.length > 0
        ? [`These customers have no working single sign-on and keep their passwords: ${mail.keeping.join(', ')}.`]
        : []),
      'If it should not have been, tell the other administrators at once.',
    ],
  });

/** To the admins of the organisation. @param mail.until when its addresses stop counting */
export const domainUnproved = (mail: To & { domain: string; record: string; until: Date }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'The DNS record of a domain is gone',
    paragraphs: [
      `The domain ${mail.domain} was proved by a TXT record, which is not there any more: ${mail.record}`,
      `Put it back before ${mail.until.toISOString().slice(0, 10)}. From then on the domain counts as not verified: single sign-on is not offered to its addresses, and creates nobody.`,
    ],
  });

/** To the admins of the organisation, instead of letting the domain lapse. */
export const domainKept = (mail: To & { domain: string; record: string }): MailMessage =>
  renderMail({
    to: mail.to,
    subject: 'A domain is not proved, and is kept for now',
    paragraphs: [
      `The TXT record of the domain ${mail.domain} has been gone for seven days: ${mail.record}`,
      'Local sign-in is off, and without this domain nobody could sign in to your organization: so it still counts as verified. Put the record back, prove another domain, or allow local sign-in. As soon as there is another way in, the domain counts as not verified.',
    ],
  });

function newsInWords({ by, connectionName, news }: { by: string; connectionName: string; news: ConnectionNews }) {
  const connection = `the connection ${connectionName} of your organization`;
  switch (news) {
    case 'staged':
      return `A change of ${connection} was saved by ${by}. It waits for its test; until that succeeds, the connection works as before.`;
    case 'applied':
      return `A change of ${connection} was tested by ${by} with success, and serves from now on.`;
    case 'discarded':
      return `The change of ${connection} that waited for its test was discarded by ${by}.`;
    default:
      return `The connection ${connectionName} of your organization was ${news} by ${by}.`;
  }
}

const reasonGiven = (reason: string | null): string[] =>
  reason === null ? [] : [`The reason that was given: ${reason}`];

function codesLeft(remaining: number): string {
  if (remaining === 0) return 'None is left.';
  return remaining === 1 ? 'One is left.' : `${remaining} are left.`;
}
