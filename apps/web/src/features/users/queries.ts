import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, fullAnswer } from '../../base/api/answer.ts';
import { api } from '../../base/api/client.ts';
import type { User } from '../../base/api/types.ts';

const key = ['users'] as const;
const pageSize = 25;

export interface UsersFilter {
  q: string;
  organizationId: string | null;
}

/** A user with the version it was read in. */
export interface VersionedUser {
  user: User;
  /** For `If-Match`. */
  etag: string | null;
}

export interface NewUser {
  email: string;
  name: string;
  organizationId: string;
  role: User['role'];
  access: User['access'];
  password?: string;
}

export interface UserChanges {
  name?: string;
  role?: User['role'];
  access?: User['access'];
  status?: 'active' | 'disabled';
  mfaEnabled?: false;
}

export function usersQuery({ q, organizationId }: UsersFilter) {
  return infiniteQueryOptions({
    queryKey: [...key, 'list', { q, organizationId }],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/users', {
          params: {
            query: {
              limit: pageSize,
              ...(q ? { q } : {}),
              ...(organizationId ? { organizationId } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function userQuery(id: string) {
  return queryOptions({
    queryKey: [...key, id],
    queryFn: async ({ signal }): Promise<VersionedUser> => {
      const { data, response } = await fullAnswer(api.GET('/api/v1/users/{id}', { params: { path: { id } }, signal }));
      return { user: data, etag: response.headers.get('ETag') };
    },
    // The form is filled once; a refresh behind its back would move the version that the person has seen.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) => answer(api.POST('/api/v1/users', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: key }),
  });
}

export function useUpdateUser(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ changes, etag }: { changes: UserChanges; etag: string | null }): Promise<VersionedUser> => {
      const { data, response } = await fullAnswer(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id } },
          body: changes,
          headers: etag ? { 'If-Match': etag } : {},
        }),
      );
      return { user: data, etag: response.headers.get('ETag') };
    },
    onSuccess: (updated) => {
      client.setQueryData(userQuery(id).queryKey, updated);
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
    },
  });
}

export function useSendInvitation(id: string) {
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/users/{id}/invitation', { params: { path: { id } } })),
  });
}
