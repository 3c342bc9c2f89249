import { createSallyportClient } from '@sallyport/client';

export { type AuditProofVerdict, verifyAuditProof } from '@sallyport/client';

/** The typed client, as tests use it. */
export type Api = ReturnType<typeof createSallyportClient>;

/** Only paths count: whoever sends knows where to. */
const baseUrl = 'http://sallyport.invalid';

/** The typed client over another way to send requests; a session that ended stays so. @param send gets absolute URLs, of which only the path counts */
export const apiOver = (send: (request: Request) => Promise<Response>): Api =>
  createSallyportClient({ baseUrl, fetch: send, refresh: false });

/** The headers as an object; also where the types are those of a browser, in which headers are no iterable. */
export function headersOf({ headers }: Request): Record<string, string> {
  const byName: Record<string, string> = {};
  headers.forEach((value, name) => {
    byName[name] = value;
  });
  return byName;
}

/** What the service answered. @throws Error when it refused */
export function accepted<Data>({
  data,
  error,
  response,
}: {
  data?: Data;
  error?: unknown;
  response: Response;
}): Exclude<Data, undefined> {
  if (error !== undefined || !response.ok)
    throw new Error(`The service refused with ${response.status}: ${JSON.stringify(error)}`);
  return data as Exclude<Data, undefined>;
}
