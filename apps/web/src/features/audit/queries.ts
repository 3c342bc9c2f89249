import { answer } from '@sallyport/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import { pagedQuery } from '../../base/api/paged-query.ts';
import { type AuditFilter, periodOf } from './audit-filter.ts';

const pageSize = 50;

export function auditQuery(filter: AuditFilter) {
  const { organizationId, userId, action } = filter;
  const query = {
    limit: pageSize,
    ...(organizationId ? { organizationId } : {}),
    ...(userId ? { userId } : {}),
    ...(action ? { action } : {}),
    ...periodOf(filter),
  };
  return pagedQuery(['audit', query], (cursor, signal) =>
    answer(api.GET('/api/v1/audit-events', { params: { query: { ...query, ...cursor } }, signal })),
  );
}

const offered = 20;

/** Users whose name or address has `q` in it, to choose one from. */
export function userChoicesQuery(q: string) {
  return queryOptions({
    queryKey: ['users', 'choices', q],
    queryFn: async ({ signal }) => {
      const query = { limit: offered, ...(q ? { q } : {}) };
      return (await answer(api.GET('/api/v1/users', { params: { query }, signal }))).items;
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
