export const stepUp = {
  title: 'Confirm it is you',
  text: 'You are about to change the access of others, and some time has passed since you proved who you are. What you began goes on afterwards.',
  confirm: 'Confirm',
  provider: {
    text: 'You are about to change the access of others, and some time has passed since you signed in. Sign in again at your identity provider; you come back to this page.',
    lost: 'What you typed and did not save is not kept.',
    button: 'Continue to your identity provider',
    other: 'Use single sign-on instead',
  },
} as const;
