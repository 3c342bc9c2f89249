/**
 * The path to go to after sign-in: `value` when it is a path of this origin, else `/`.
 * Refuses other origins in every spelling that a browser would follow (`//host`, `/\host`, control characters) and
 * the sign-in pages themselves.
 *
 * @param value  the `returnTo` parameter as it came, untrusted
 * @param origin this page's origin
 */
export function safeReturnTo(value: string | null | undefined, origin: string): string {
  if (!value?.startsWith('/') || /[\\\p{Cc}]/u.test(value)) return '/';
  let url: URL;
  try {
    url = new URL(value, origin);
  } catch {
    return '/';
  }
  const isSignIn = url.pathname === '/sign-in' || url.pathname.startsWith('/sign-in/');
  if (url.origin !== origin || url.pathname.startsWith('//') || isSignIn) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The address of the sign-in page that leads back to `path` afterwards. */
export function signInPath(path: string, notice?: string): string {
  const query = new URLSearchParams();
  if (path !== '/') query.set('returnTo', path);
  if (notice) query.set('notice', notice);
  return query.size > 0 ? `/sign-in?${query}` : '/sign-in';
}
