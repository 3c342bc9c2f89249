/** What the service answered. */
export interface Answer {
  status: number;
  /** Of a problem document (RFC 9457). */
  code: string | null;
  /** Empty where the answer is no JSON object. */
  body: Record<string, unknown>;
  /** The service's clock, Unix time in milliseconds, exact to the second. */
  servedAt: number;
}

const TIMEOUT_MS = 30_000;

/** One browser of an attacker or a victim: sends JSON to the API and keeps cookies. */
export class Visitor {
  /**
   * @param base    where the API is, with a slash at the end
   * @param headers of every request
   */
  constructor(
    private readonly base: URL,
    private readonly headers: Readonly<Record<string, string>> = {},
    readonly jar = new Map<string, string>(),
  ) {}

  get = (path: string, headers?: Record<string, string>): Promise<Answer> => this.send('GET', path, undefined, headers);
  post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    this.send('POST', path, body, headers);
  patch = (path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> =>
    this.send('PATCH', path, body, headers);

  /** Another browser with the same cookies, as a thief has. */
  copy(headers: Readonly<Record<string, string>> = this.headers): Visitor {
    return new Visitor(this.base, headers, new Map(this.jar));
  }

  /** The cookie `sallyport_<kind>`, whatever stands before its name. */
  cookie(kind: 'access' | 'refresh' | 'challenge'): { name: string; value: string } | undefined {
    for (const [name, value] of this.jar) if (name.endsWith(`sallyport_${kind}`)) return { name, value };
    return undefined;
  }

  /** @param body sent as JSON; a text as it is */
  private async send(method: string, path: string, body: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(path.slice(1), this.base), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
        ...this.headers,
        ...more,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const parsed = parseObject(await answer.text());
    return {
      status: answer.status,
      code: typeof parsed.code === 'string' ? parsed.code : null,
      body: parsed,
      servedAt: Date.parse(answer.headers.get('date') ?? '') || Date.now(),
    };
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') this.jar.delete(name);
    else this.jar.set(name, value);
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' ? { ...parsed } : {};
  } catch {
    return {};
  }
}
