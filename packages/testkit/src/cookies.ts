/** A cookie as the drivers of browsers take it (WebDriver section 14). */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'Lax' | 'Strict' | 'None';
  /** Unix time in seconds; without it the cookie ends with the browser. */
  expiry?: number;
}

/** Keeps what one origin sets, as a browser does (RFC 6265 section 5.3), of what Sallyport uses. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** @param headers each a `Set-Cookie` of an answer */
  take(headers: readonly string[]): void {
    for (const header of headers) {
      const cookie = parseSetCookie(header);
      // A name may be there once for each path.
      const key = `${cookie.name};${cookie.path}`;
      if (isOver(cookie)) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }

  /** Those that are valid. */
  all(): Cookie[] {
    return [...this.#cookies.values()].filter((cookie) => !isOver(cookie));
  }

  /** The `Cookie` header of a request to `path`; empty where none goes there. */
  headerFor(path: string): string {
    return this.all()
      .filter((cookie) => matches(path, cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }
}

const isOver = ({ expiry }: Cookie): boolean => expiry !== undefined && expiry * 1000 <= Date.now();

/** RFC 6265 section 5.1.4 */
const matches = (path: string, of: string): boolean => path === of || path.startsWith(of.endsWith('/') ? of : `${of}/`);

function parseSetCookie(header: string): Cookie {
  const [pair = '', ...parts] = header.split(';').map((part) => part.trim());
  const attributes = new Map(
    parts.map((part) => {
      const [name = '', value = ''] = split(part);
      return [name.toLowerCase(), value] as const;
    }),
  );
  const [name = '', value = ''] = split(pair);
  const maxAge = attributes.get('max-age');
  const expires = attributes.get('expires');
  const expiryMs =
    maxAge !== undefined ? Date.now() + Number(maxAge) * 1000 : expires !== undefined ? Date.parse(expires) : null;
  const sameSite = attributes.get('samesite')?.toLowerCase();
  return {
    ...{ name, value, path: attributes.get('path') ?? '/' },
    ...{ httpOnly: attributes.has('httponly'), secure: attributes.has('secure') },
    sameSite: sameSite === 'strict' ? 'Strict' : sameSite === 'none' ? 'None' : 'Lax',
    ...(expiryMs === null ? {} : { expiry: Math.floor(expiryMs / 1000) }),
  };
}

/** Name and value around the first `=`. */
function split(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
