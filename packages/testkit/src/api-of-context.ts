import type { APIRequestContext } from '@playwright/test';
import { type Api, apiOver, headersOf } from './api.ts';

/** The typed client over the requests of a browser context, whose cookies it shares with the pages. */
export const apiOf = (context: APIRequestContext): Api =>
  apiOver(async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const answer = await context.fetch(pathname + search, {
      method: request.method,
      headers: headersOf(request),
      ...(body.length === 0 ? {} : { data: body }),
    });
    // The context has taken the cookies already; several of them in one header are not a header.
    const { 'set-cookie': _cookies, ...headers } = answer.headers();
    const text = await answer.text();
    return new Response(text === '' ? null : text, { status: answer.status(), headers });
  });
