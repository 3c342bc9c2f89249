/** What the page says that links an account by mail. It comes with the page. */
export const linkAccount = {
  title: 'Connect your account at work',
  text: 'People of {{organization}} sign in with their account at work. Connect yours once: sign in there as {{email}}.',
  none: 'Your organization has no single sign-on for your address any more. Ask your administrator.',
  loading: 'Your link',
  submit: 'Connect with {{name}}',
  invalid:
    'The link was used already, is too old, or is incomplete. Try to sign in through single sign-on: if it is still needed, a new link is mailed to you. Or ask your administrator for one.',
} as const;
