/** What the pages say that lead to a reset without an admin. They come with those pages, and not with the first. */
export const recovery = {
  lost: {
    title: 'Have you lost everything?',
    text: 'If you named a recovery address under MFA Settings, we send a link to it, with which you ask for a reset of two-factor authentication. It takes place after {{time}}; until then you, at the address of your account, and your administrators can stop it.',
    hours_one: 'an hour',
    hours_other: '{{count}} hours',
    submit: 'Send the link',
    back: 'Back to the second step',
    sentTitle: 'Look into your recovery mailbox',
    sentText: 'If you named a recovery address, a link is on its way to it. It works once, and for an hour.',
    sentHint:
      'Nothing there after a few minutes, or no recovery address? Your administrator can reset two-factor authentication for you.',
  },
  begin: {
    title: 'Ask for the reset',
    text: 'Two-factor authentication of your account is reset some time after you ask for it. The address of your account and your administrators are told at once, and each can stop it.',
    notYou: 'Did you not try to sign in? Then close this page: someone else knows your password. Change it at once.',
    submit: 'Ask for the reset',
    doneTitle: 'The reset waits',
    doneText: 'It takes place on {{when}}. Until then your second factor works as before, in case you find it.',
    doneNext:
      'Then you get a mail here with a pass. Sign in with your password, set up two-factor authentication again, and enter the pass.',
    invalid:
      'The link was used already, is too old, or is incomplete. Sign in with your password to ask for another one.',
  },
  confirm: {
    title: 'Confirm your recovery address',
    text: 'You named this mailbox as the recovery address of your account. Confirm that it is yours.',
    submit: 'Confirm the address',
    doneTitle: 'Your recovery address counts from now on',
    doneText: 'With it and your password you can ask for a reset when you have lost your second factor.',
    invalid: 'The link was used already, is too old, or is incomplete. Name the address again under MFA Settings.',
  },
  toSignIn: 'To sign-in',
  toSettings: 'To MFA Settings',
} as const;
