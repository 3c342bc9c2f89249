/** What the page says that a mail of a reset leads to. It comes with the page. */
export const notMe = {
  title: 'Did you not ask for the reset?',
  text: 'Somebody asked for a reset of your two-factor authentication. If it was not you, say so: a reset that waits is stopped, you are signed out on every device, and your administrators are told. What was reset is not brought back.',
  submit: 'This was not me',
  doneTitle: 'Your administrators know',
  doneText:
    'Every device is signed out. Whoever did this may know your password: choose a new one now, and speak to your administrator.',
  newPassword: 'Choose a new password',
  invalid: 'The link was used already, is too old, or is incomplete. Tell your administrator.',
  toSignIn: 'To sign-in',
} as const;
