/** Of the frame of the signed-in. */
export const frame = {
  accountMenu: {
    label: 'Account menu',
    security: 'Security',
    mfa: 'MFA Settings',
    sessions: 'Sessions',
    password: 'Change password',
    signOut: 'Sign out',
  },
  signOutFailed: {
    title: 'You are still signed in',
    text: 'The service could not be reached. Check your connection and sign out again.',
  },
  navigation: {
    label: 'Main',
    open: 'Open navigation',
    close: 'Close navigation',
    home: 'Home',
    users: 'Users',
    organizations: 'Organizations',
    audit: 'Audit log',
    settings: 'Settings',
    globalSettings: 'Global Settings',
    singleSignOn: 'Single Sign-On',
    serviceAccounts: 'Service accounts',
  },
} as const;
