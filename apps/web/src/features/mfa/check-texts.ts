/** Whether what would be needed one day is there still. */
export const check = {
  title: 'Is your authenticator app still there?',
  text: 'You have not needed a code of it for 28 days. Enter one now, so that you do not find out that it is gone when you need it.',
  code: 'Code from your app',
  submit: 'Check',
  notNow: 'Not now',
  gone: 'You do not have it any more?',
  gonePage: 'Change phone in MFA Settings',
  goneHere:
    'Press Change phone below, and set up the app of your new phone. A backup code or a passkey stands for a code of the old one.',
  doneTitle: 'Your authenticator app is there',
  doneText: 'Thank you. As long as you sign in without its codes, we ask again in four weeks.',
} as const;

export const testCode = {
  button: 'Test a backup code',
  title: 'Test a backup code',
  text: 'See whether a code on your list is still good. Testing does not use it up.',
  submit: 'Test',
  missing: 'Enter one of your backup codes.',
  wrong: 'This is none of your backup codes. Look for typing errors; the list may be older than your newest codes.',
  goodTitle: 'This code is good',
  goodText_one: 'It was not used up. It is the last one that you have left.',
  goodText_other: 'It was not used up. You have {{count}} left, this one included.',
} as const;
