// Sets the colour scheme before the first paint. A file of its own because the Content-Security-Policy allows no
// inline script; it must stay in step with Mantine's storage key.
(() => {
  let stored = null;
  try {
    stored = window.localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage is blocked: the system's preference decides.
  }
  const dark = stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
