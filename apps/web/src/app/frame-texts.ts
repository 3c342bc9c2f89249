export const app = {
  skipToContent: 'Skip to the content',
  homeLink: 'Sallyport, home',
  loading: 'Loading',
  accountMenu: {
    label: 'Account menu',
    mfa: 'MFA Settings',
    sessions: 'Sessions',
    password: 'Change password',
    signOut: 'Sign out',
  },
  signOutFailed: {
    title: 'You are still signed in',
    text: 'The service could not be reached. Check your connection and sign out again.',
  },
  appearance: { label: 'Appearance', auto: 'Like the device', light: 'Light', dark: 'Dark' },
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
  offline: {
    title: 'You are offline',
    text: 'You can look at what is on the screen. Changes can be made when the connection is back.',
  },
} as const;
