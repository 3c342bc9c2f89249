const key = 'sallyport-signed-in';

/**
 * Remembers in this browser whether somebody was signed in when last seen, so that the sign-in page knows whether
 * asking is worth it. Only a hint: the cookies, which scripts cannot see, are what counts.
 */
export function rememberSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // Storage is blocked: the page simply does not ask.
  }
}

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
