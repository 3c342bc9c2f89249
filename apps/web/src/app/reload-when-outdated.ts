const key = 'sallyport-reloaded-at';
const oncePerMs = 10_000;

/**
 * Loads the page anew when a part of the SPA is no longer on the server, which is so after an update of the service.
 * At most once in ten seconds: where the part is missing for another reason, the error page tells.
 */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < oncePerMs) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
