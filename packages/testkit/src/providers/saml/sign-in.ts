/** What the provider's page makes the browser post. */
export interface SamlAnswer {
  readonly acsUrl: string;
  readonly samlResponse: string;
  readonly relayState: string | null;
}

/** A browser as far as SimpleSAMLphp needs one: keeps cookies of one site, follows redirects, posts one form. */
export async function signInAt(url: URL, { user, password }: { user: string; password: string }): Promise<SamlAnswer> {
  const cookies = new Map<string, string>();
  const visit = async (target: URL, body?: URLSearchParams): Promise<{ url: URL; html: string }> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(target, {
      redirect: 'manual',
      headers: { cookie },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (each.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const html = await response.text();
    return location === null ? { url: target, html } : visit(new URL(location, target));
  };

  const page = await visit(url);
  const authState = field(page.html, 'AuthState') ?? page.url.searchParams.get('AuthState');
  // Its error pages answer 200.
  if (authState === null) throw new Error(`The provider shows no sign-in form: ${summary(page.html)}`);
  const form = new URLSearchParams({ username: user, password, AuthState: authState });
  const answer = await visit(new URL(page.url.pathname, page.url), form);
  const samlResponse = field(answer.html, 'SAMLResponse');
  if (samlResponse === null) throw new Error(`The provider sends no response: ${summary(answer.html)}`);
  const action = /<form[^>]*action="([^"]*)"/.exec(answer.html)?.[1] ?? '';
  return { acsUrl: decoded(action), samlResponse, relayState: field(answer.html, 'RelayState') };
}

function field(html: string, name: string): string | null {
  const value = new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1];
  return value === undefined ? null : decoded(value);
}

const decoded = (attribute: string): string =>
  attribute
    .replaceAll(/&#x([\da-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d+);/g, (_, decimal: string) => String.fromCodePoint(Number(decimal)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const summary = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 600);
