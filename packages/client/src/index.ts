import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './openapi.ts';

export type { components, operations, paths } from './openapi.ts';

/** Problem details of RFC 9457, as every failed call answers. */
export type ProblemDetails = components['schemas']['Problem'];

/**
 * A typed client of the REST API. Cookies carry the session, so requests are sent with credentials.
 *
 * @param options.baseUrl origin of the service; empty for the page's own
 * @example
 * const api = createSallyportClient({ baseUrl: 'https://login.example.com' });
 * const { data, error } = await api.GET('/api/v1/me');
 */
export const createSallyportClient = (options: ClientOptions = {}): Client<paths> =>
  createClient<paths>({ credentials: 'include', ...options });
