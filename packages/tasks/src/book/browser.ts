import { type Api, apiOver } from '@sallyport/testkit/api';

/** The API as a browser uses it, with cookies of its own. @param origin of the server */
export function browserAt(origin: string): Api {
  const cookies = new Map<string, string>();
  return apiOver(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const body = await request.text();
    const answer = await fetch(new URL(pathname + search, origin), {
      method: request.method,
      headers,
      ...(body === '' ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  });
}
