import { answer, type FetchResult } from './answer.ts';

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Fetches the page after `cursor`, or the first for an empty query. */
type FetchPage<T> = (query: { cursor?: string }) => Promise<FetchResult<Page<T>>>;

/**
 * The pages of a list, each fetched when it is asked for.
 *
 * @throws ApiError as `answer` does
 * @example
 * for await (const { items } of pages((query) => api.GET('/api/v1/users', { params: { query } }))) show(items);
 */
export async function* pages<T>(fetchPage: FetchPage<T>): AsyncGenerator<Page<T>, void, void> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await answer(fetchPage(cursor === null ? {} : { cursor }));
    yield page;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** The items of a list one by one, as {@link pages}. */
export async function* items<T>(fetchPage: FetchPage<T>): AsyncGenerator<T, void, void> {
  for await (const page of pages(fetchPage)) yield* page.items;
}
