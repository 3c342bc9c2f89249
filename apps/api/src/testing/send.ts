import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Send } from './browser.ts';

/** How a request reaches the server: `request` of `node:http` or `node:https`, with what it needs to connect. */
interface Way {
  request(options: RequestOptions, answered: (answer: IncomingMessage) => void): ClientRequest;
  options: RequestOptions & { agent: Agent | false };
  headers?: Record<string, string>;
}

/** Sends by Node's own client, in which a test chooses the connection: `agent: false` opens one for each request. */
export const sendBy =
  ({ request, options, headers: always }: Way): Send =>
  ({ method = 'GET', url, headers, cookies, payload, remoteAddress }) =>
    new Promise((resolve, reject) => {
      const body = payload === undefined ? undefined : JSON.stringify(payload);
      const outgoing = request(
        {
          ...options,
          ...{ method, path: String(url) },
          headers: {
            ...(headers as Record<string, string>),
            ...always,
            ...(remoteAddress === undefined ? {} : { 'x-forwarded-for': remoteAddress }),
            cookie: Object.entries(cookies ?? {})
              .map(([name, value]) => `${name}=${value}`)
              .join('; '),
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('error', reject);
          answer.on('end', () => {
            const set = answer.headers['set-cookie'] ?? [];
            const pairs = set.map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? []);
            resolve({
              statusCode: answer.statusCode ?? 0,
              headers: answer.headers,
              body: text,
              cookies: pairs.map(([, name = '', value = '']) => ({ name, value })),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
