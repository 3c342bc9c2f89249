import Bowser from 'bowser';

export interface Device {
  /** Name of the browser, or of another client such as curl; null when nothing is known. */
  browser: string | null;
  system: string | null;
  kind: 'computer' | 'phone' | 'tablet' | 'program';
}

/** What a User-Agent header says of the device, in words a person knows. The header is the client's own claim. */
export function describeDevice(userAgent: string): Device {
  if (userAgent.trim() === '') return { browser: null, system: null, kind: 'program' };
  const { browser, os, platform } = Bowser.parse(userAgent);
  if (!platform.type) {
    // A program names itself before the first slash: 'curl/8.5.0'.
    return { browser: browser.name || (userAgent.split(/[/\s]/)[0] ?? null), system: os.name ?? null, kind: 'program' };
  }
  const kind = platform.type === 'mobile' ? 'phone' : platform.type === 'tablet' ? 'tablet' : 'computer';
  return { browser: browser.name ?? null, system: os.name ?? null, kind };
}
