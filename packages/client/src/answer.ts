import { ApiError, toApiError } from './problem.ts';

/** What a call of the client gives. */
export interface FetchResult<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** An answer together with its headers, for callers that need the `ETag`. */
export interface Answer<T> {
  data: T;
  response: Response;
}

/**
 * Waits for a call of the client and gives its data and headers.
 *
 * @throws ApiError for every answer that is not a success, and with code `network` when none arrived
 */
export async function fullAnswer<T>(call: Promise<FetchResult<T>>): Promise<Answer<T>> {
  let result: FetchResult<T>;
  try {
    result = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError({ code: 'network', status: 0, title: 'No connection' }, cause);
  }
  const { response } = result;
  if (!response.ok) throw toApiError(response, result.error, Date.now());
  return { data: result.data as T, response };
}

/** Something with the version it was read in. */
export interface Versioned<T> {
  value: T;
  /** For `If-Match`; null where the service keeps no versions. */
  etag: string | null;
}

/** As {@link fullAnswer}, for what is changed against the version that was read. */
export async function versionedAnswer<T>(call: Promise<FetchResult<T>>): Promise<Versioned<T>> {
  const { data, response } = await fullAnswer(call);
  return { value: data, etag: response.headers.get('ETag') };
}

/** As {@link fullAnswer}, for callers that need the data only. */
export async function answer<T>(call: Promise<FetchResult<T>>): Promise<T> {
  return (await fullAnswer(call)).data;
}
