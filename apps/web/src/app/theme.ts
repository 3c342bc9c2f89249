import {
  type AlertProps,
  type BadgeProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type PaperProps,
  type PasswordInputProps,
} from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e8f6f3',
  '#d3ede7',
  '#a7dacf',
  '#77c6b5',
  '#4fb5a0',
  '#2f9e89',
  '#178070',
  '#0f6b5c',
  '#0b574b',
  '#08443b',
];

// Cooler than Mantine's own greys, so that the green does not look muddy beside them.
const dark: MantineColorsTuple = [
  '#e4e8ee',
  '#c5ccd6',
  '#a0a9b8',
  '#7c8798',
  '#3b4453',
  '#2b333f',
  '#212832',
  '#181e26',
  '#11161d',
  '#0b0f14',
];

const inter = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, dark },
  black: '#1a212b',
  fontFamily: inter,
  headings: {
    fontFamily: inter,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain objects, as `extend` of each component would give them back: a component that is named here comes with the
  // first paint of every page.
  components: {
    // Most are there when the page opens; those that appear later are wrapped in, or given, a live role.
    Alert: { defaultProps: { role: 'note' } satisfies Partial<AlertProps> & { role: string } },
    // Fields that may stay empty say so; a star in the label would become part of its accessible name.
    InputWrapper: {
      defaultProps: { withAsterisk: false },
      styles: {
        label: { fontSize: 'var(--mantine-font-size-sm)', fontWeight: 500, marginBottom: 4 },
        description: { fontSize: 'var(--mantine-font-size-xs)', lineHeight: 1.45, marginBottom: 6 },
        error: { fontSize: 'var(--mantine-font-size-sm)', lineHeight: 1.4, marginTop: 6 },
      },
    },
    Notification: { styles: { description: { color: 'var(--mantine-color-dimmed)' } } },
    PasswordInput: {
      defaultProps: { withAsterisk: false, visibilityToggleFocusable: true } satisfies Partial<PasswordInputProps>,
    },
    Badge: { defaultProps: { tt: 'none', fw: 600 } satisfies Partial<BadgeProps> },
    // Inside the header, so that it lies within a landmark; opened, the first item takes the focus (`data-autofocus`).
    Menu: {
      defaultProps: {
        withinPortal: false,
        withInitialFocusPlaceholder: false,
        shadow: 'md',
      } satisfies Partial<MenuProps>,
    },
    // Their header element is not the banner of the page.
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } satisfies Partial<DrawerProps> },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45, blur: 2 },
        attributes: { header: { role: 'presentation' } },
      } satisfies Partial<ModalProps>,
      styles: { title: { fontWeight: 600 } },
    },
    Paper: { defaultProps: { withBorder: true, radius: 'lg' } satisfies Partial<PaperProps> },
  },
});

/** Darkens (in dark mode: lightens) the texts that Mantine draws below the contrast of WCAG 2.2 AA, 4.5 to 1. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566070',
    '--mantine-color-placeholder': '#667080',
    '--mantine-color-error': '#c02626',
    '--mantine-color-default-border': '#ccd2da',
    '--mantine-color-disabled-color': '#667080',
    '--mantine-color-yellow-light': '#fff6dc',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02323',
    '--mantine-color-red-outline': '#c02626',
    '--mantine-color-red-light': '#fdecec',
    '--mantine-color-red-light-color': '#a61b1b',
    '--mantine-color-green-light': '#e8f7ec',
    '--mantine-color-green-light-color': '#1c6b34',
    '--mantine-color-green-text': '#1f7a3d',
    '--sallyport-page': '#f6f7f9',
    '--sallyport-line': '#e3e7ec',
    '--sallyport-field-border': '#87909d',
  },
  dark: {
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
    '--mantine-color-dimmed': '#aeb7c4',
    '--mantine-color-placeholder': '#98a2b1',
    '--mantine-color-error': '#ff8b8b',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
    '--mantine-color-disabled-color': '#98a2b1',
    '--mantine-color-pine-light': '#14312e',
    '--mantine-color-pine-light-color': 'var(--mantine-color-pine-1)',
    '--mantine-color-yellow-light': '#2e2611',
    '--mantine-color-yellow-light-color': '#ffdf8a',
    '--mantine-color-red-filled': '#c93434',
    '--mantine-color-red-filled-hover': '#b52c2c',
    '--mantine-color-red-outline': '#ff8b8b',
    '--mantine-color-red-light': '#351a1c',
    '--mantine-color-red-light-color': '#ffb3b3',
    '--mantine-color-green-light': '#142e1d',
    '--mantine-color-green-light-color': '#a3e3b7',
    '--mantine-color-blue-light': '#152a40',
    '--mantine-color-blue-light-color': '#a9d3ff',
    '--mantine-color-gray-light': '#262e39',
    '--mantine-color-gray-light-color': 'var(--mantine-color-dark-0)',
    '--sallyport-page': 'var(--mantine-color-dark-8)',
    '--sallyport-line': 'var(--mantine-color-dark-5)',
    '--sallyport-field-border': '#6b7686',
  },
});
