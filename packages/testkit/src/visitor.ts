import { type Api, apiOver } from './api.ts';
import { type Cookie, CookieJar } from './cookies.ts';
import { type Credentials, signIn } from './sign-in.ts';

/** Somebody who uses the API without a browser, with cookies of their own. */
export interface Visitor {
  readonly api: Api;
  /** To be handed to a browser, which then is signed in as they are. */
  cookies(): Cookie[];
}

/** @param url the origin of the service */
export function visitorOf(url: string): Visitor {
  const jar = new CookieJar();
  const api = apiOver(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    const cookie = jar.headerFor(pathname);
    if (cookie !== '') headers.set('cookie', cookie);
    const body = await request.arrayBuffer();
    const answer = await fetch(new URL(pathname + search, url), {
      method: request.method,
      headers,
      ...(body.byteLength === 0 ? {} : { body }),
    });
    jar.take(answer.headers.getSetCookie());
    return answer;
  });
  return { api, cookies: () => jar.all() };
}

/**
 * Signs a person in over the REST API, with a code where there is a `totpSecret`, for a browser of any tool: go to a page
 * of the service, set the cookies, and load the page that the test is about.
 *
 * @param url the origin of the service
 * @throws Error as `signIn`
 */
export async function signInAt(url: string, credentials: Credentials): Promise<Cookie[]> {
  const visitor = visitorOf(url);
  await signIn(visitor.api, credentials);
  return visitor.cookies();
}
