export const stepUp = {
  title: 'Confirm it is you',
  text: 'Some time has passed since you proved who you are, and what you began asks for it again. It goes on afterwards.',
  confirm: 'Confirm',
  provider: {
    text: 'Some time has passed since you signed in, and what you began asks for it again. Sign in again at your identity provider; you come back to this page.',
    lost: 'What you typed and did not save is not kept.',
    button: 'Continue to your identity provider',
    other: 'Use single sign-on instead',
  },
} as const;
