import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { HostMap } from './hosts-hook.js';

const MAX_STEPS = 15;

/**
 * A browser at a provider: keeps cookies and follows redirects while they stay with these hosts.
 *
 * @returns the first address elsewhere
 * @throws Error with what the provider said when it sends the browser nowhere
 */
export async function visitor({ hosts, port, ca }: HostMap, start: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  for (let step = 0; step < MAX_STEPS; step++) {
    if (!hosts.includes(url.host)) return url;
    const { host, pathname, search } = url;
    const answer = await new Promise<{ response: IncomingMessage; body: string }>((resolve, reject) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const outgoing = request(
        { host: '127.0.0.1', port, ca, servername: host, path: `${pathname}${search}`, headers: { host, cookie } },
        async (response) => {
          let body = '';
          for await (const chunk of response) body += chunk;
          resolve({ response, body });
        },
      );
      outgoing.on('error', reject).end();
    });
    for (const line of answer.response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const { location } = answer.response.headers;
    if (location === undefined)
      throw new Error(`${url.href}: ${answer.response.statusCode} ${answer.body.slice(0, 500)}`);
    url = new URL(location, url);
  }
  throw new Error('The provider sends the browser round and round.');
}
