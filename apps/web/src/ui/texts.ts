/** Words for the values of the API and their fields, used by several features. */
export const words = {
  role: { admin: 'Administrator', member: 'Member' },
  access: { read_write: 'Read and write', read_only: 'Read only' },
  status: { active: 'Active', invited: 'Invited', disabled: 'Disabled' },
  kind: { partner: 'Partner', customer: 'Customer' },
  field: {
    access: 'Access',
    created: 'Created',
    email: 'Email',
    kind: 'Kind',
    lastSignIn: 'Last sign-in',
    name: 'Name',
    organization: 'Organization',
    role: 'Role',
    status: 'Status',
  },
  never: 'Never',
  nameMissing: 'Enter a name.',
} as const;

/** Texts of the parts in this folder. */
export const ui = {
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  goHome: 'Go to the start page',
  showCharacters: 'Show typed characters',
  loadMore: 'Load more',
  nothingToSave: 'Nothing to save: nothing was changed.',
  readOnly: 'You may look at everything here. Changes need an administrator with read and write access.',
  copy: { button: 'Copy {{label}}', done: '{{label}} is on the clipboard.' },
  notFound: {
    title: 'Page not found',
    text: 'There is nothing at this address, or it is not within your organizations. Check the address for typing errors.',
  },
  notAllowed: {
    title: 'Not allowed',
    text: 'This page is for administrators. If you need something from it, ask an administrator of your organization.',
  },
  conflict: {
    title: 'Somebody else changed this in the meantime',
    text: 'Nothing was saved. Load the newest version: what you changed stays in the form, and you can check and save again.',
    load: 'Load the newest version',
    loaded: 'This is the newest version with your changes. Check them and save again.',
    changed: 'Changed by somebody else:',
    change: '{{field}} is now “{{value}}”',
  },
  codeRefused: {
    alreadyUsed: 'This code was already used. Enter another one.',
    clockAhead_one:
      'The clock of your authenticator is about a minute fast. Let the phone set it, then enter a new code.',
    clockAhead_other:
      'The clock of your authenticator is about {{count}} minutes fast. Let the phone set it, then enter a new code.',
    clockBehind_one:
      'The clock of your authenticator is about a minute slow. Let the phone set it, then enter a new code.',
    clockBehind_other:
      'The clock of your authenticator is about {{count}} minutes slow. Let the phone set it, then enter a new code.',
  },
  proof: {
    password: 'Current password',
    passwordMissing: 'Enter your current password.',
    wrongPassword: 'The current password is wrong. Try again.',
    code: '6-digit code',
    totp: {
      missing: 'Enter the 6 digits from your app.',
      wrong: 'This code is wrong or was already used. Wait for the next one and enter it.',
    },
    backup: {
      label: 'Backup code',
      missing: 'Enter a backup code, or use your passkey.',
      wrong: 'This backup code is wrong or was already used. Try another one, or use your passkey.',
    },
    usePasskey: 'Use a passkey instead',
    any: {
      hint: 'From your authenticator app. A backup code works here too.',
      missing: 'Enter the 6 digits from your app, or a backup code.',
      wrong: 'This code is wrong or was already used. Wait for the next one, or use another backup code.',
    },
  },
  passkey: {
    cancelled: 'The passkey was not used: it was cancelled, or took too long. Try again, or choose another way.',
    known: 'This device or security key has a passkey of your account already.',
    unusable: 'This browser or device cannot use a passkey here. Choose another way, or try another browser.',
    refused: 'The passkey was not accepted. Try again, or choose another way.',
  },
  newPassword: {
    rules: 'At least {{count}} characters. Long and unusual is what counts; a few random words are good.',
    strength: 'Strength: {{level}}',
    level: { none: 'nothing typed yet', weak: 'weak', fair: 'fair', good: 'good', strong: 'strong' },
  },
} as const;
