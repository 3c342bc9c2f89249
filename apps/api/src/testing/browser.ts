import { type Api, apiOver, headersOf } from '@sallyport/testkit/api';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { documentedApi } from './documented.ts';

/** JSON as tests look at it. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on the shape it expects, and a wrong shape fails it
type Json = any;

export interface Answer {
  status: number;
  body: Json;
  headers: Record<string, string | string[] | number | undefined>;
  /** Names and raw texts of the cookies that were set. */
  cookies: {
    name: string;
    value: string;
    path?: string;
    maxAge?: number;
    httpOnly?: boolean;
    sameSite?: string;
    secure?: boolean;
  }[];
}

/** Hands a request to a service, be it in this process or in one of its own. */
export type Send = (
  request: InjectOptions,
) => Promise<Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body' | 'cookies'>>;

/**
 * A cookie jar in front of the API, as a browser is; every instance is another device. An answer that the OpenAPI
 * document does not know fails the test.
 */
export class Browser {
  constructor(
    private readonly service: Send,
    private readonly options: { address?: string; headers?: Record<string, string> } = {},
    readonly jar = new Map<string, string>(),
  ) {}

  get = (path: string, headers?: Record<string, string>) => this.send({ method: 'GET', path, headers });
  post = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.send({ method: 'POST', path, body, headers });
  put = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.send({ method: 'PUT', path, body, headers });
  patch = (path: string, body?: unknown, headers?: Record<string, string>) =>
    this.send({ method: 'PATCH', path, body, headers });
  delete = (path: string, headers?: Record<string, string>) => this.send({ method: 'DELETE', path, headers });

  /** The typed client, with the cookies of this device. */
  readonly api: Api = apiOver(async (request) => {
    const { pathname, search } = new URL(request.url);
    const payload = await request.text();
    const { statusCode, headers, body } = await this.request({
      method: request.method as 'GET' | 'POST' | 'PATCH' | 'DELETE',
      url: pathname + search,
      headers: headersOf(request),
      ...(payload === '' ? {} : { payload }),
    });
    const { 'set-cookie': _cookies, ...others } = headers as Record<string, string>;
    return new Response(body === '' ? null : body, { status: statusCode, headers: others });
  });

  /** Where it sends from. */
  get address(): string {
    return this.options.address ?? '192.0.2.1';
  }

  /** Another device with the same cookies, as two tabs or a thief have. */
  copy(): Browser {
    return new Browser(this.service, this.options, new Map(this.jar));
  }

  /** This device, when the load balancer sends it to another instance. */
  at(service: Send): Browser {
    return new Browser(service, this.options, this.jar);
  }

  private async send(request: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    path: string;
    body?: unknown;
    headers?: Record<string, string> | undefined;
  }): Promise<Answer> {
    const response = await this.request({
      method: request.method,
      url: `/api/v1${request.path}`,
      ...(request.headers === undefined ? {} : { headers: request.headers }),
      ...(request.body === undefined ? {} : { payload: request.body as object }),
    });
    const text = response.body;
    const body = text === '' ? null : JSON.parse(text);
    const type = response.headers['content-type'];
    const fault = (await documentedApi()).faultOf(
      { method: request.method, url: `/api/v1${request.path}` },
      { status: response.statusCode, type: typeof type === 'string' ? type : undefined, body },
    );
    if (fault !== undefined) throw new Error(fault);
    return {
      status: response.statusCode,
      body,
      headers: response.headers,
      cookies: response.cookies as Answer['cookies'],
    };
  }

  private async request(inject: InjectOptions & { headers?: Record<string, string> }): ReturnType<Send> {
    const response = await this.service({
      ...inject,
      headers: { ...this.options.headers, ...inject.headers },
      cookies: Object.fromEntries(this.jar),
      remoteAddress: this.address,
    });
    for (const cookie of response.cookies) {
      const gone = cookie.value === '' || cookie.maxAge === 0;
      if (gone) this.jar.delete(cookie.name);
      else this.jar.set(cookie.name, cookie.value);
    }
    return response;
  }
}
