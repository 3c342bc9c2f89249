import { Agent, request } from 'node:http';

/** What came back. */
interface Answer {
  status: number;
  cookies: string[];
  body: unknown;
}

/** One browser at a service on this machine: sends JSON, keeps cookies and nothing else. */
export class BenchBrowser {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly origin: string,
    private readonly agent: Agent,
    private readonly more: Readonly<Record<string, string>> = {},
  ) {}

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @throws Error where the answer is not 2xx */
  async post<T>(path: string, body?: object): Promise<T> {
    const answer = await this.send(path, body === undefined ? '' : JSON.stringify(body));
    if (answer.status >= 300) throw new Refused(answer.status, `${path}: ${JSON.stringify(answer.body)}`);
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer.body as T;
  }

  private send(path: string, body: string): Promise<Answer> {
    const { agent, cookie, origin } = this;
    const headers = {
      ...this.more,
      ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...(cookie === '' ? {} : { cookie }),
      origin,
    };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, origin), { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 0, headers: received } = response;
          const isJson = received['content-type']?.includes('json') && text !== '';
          resolve({
            status: statusCode,
            cookies: received['set-cookie'] ?? [],
            body: isJson ? JSON.parse(text) : text,
          });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(`${status} ${message}`);
  }
}

/** Connections that stay open, as those of a proxy do. */
export const newAgent = (connections: number): Agent => new Agent({ keepAlive: true, maxSockets: connections });
