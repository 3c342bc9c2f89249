const key = 'sallyport-app-check-put-off';

/** Keeps that the person does not want to be asked in this session; until the tab is closed. */
export function putOff(sessionId: string): void {
  try {
    sessionStorage.setItem(key, sessionId);
  } catch {
    // Storage is blocked: the page asks again when it is loaded anew.
  }
}

export function isPutOff(sessionId: string): boolean {
  try {
    return sessionStorage.getItem(key) === sessionId;
  } catch {
    return false;
  }
}
