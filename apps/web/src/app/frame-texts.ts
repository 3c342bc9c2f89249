export const app = {
  skipToContent: 'Skip to the content',
  homeLink: 'Sallyport, home',
  loading: 'Loading',
  appearance: { label: 'Appearance', auto: 'Like the device', light: 'Light', dark: 'Dark' },
  offline: {
    title: 'You are offline',
    text: 'You can look at what is on the screen. Changes can be made when the connection is back.',
  },
} as const;
