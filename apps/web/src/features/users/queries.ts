import { answer, versionedAnswer } from '@sallyport/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import { pagedQuery } from '../../base/api/paged-query.ts';
import type { User } from '../../base/api/types.ts';
import type { Change } from '../../ui/use-versioned-form.ts';
import { useVersionedQuery } from '../../ui/use-versioned-query.ts';
import { setUnsavedPass } from './unsaved-pass.ts';
import { queryOf, type UsersFilter } from './users-filter.ts';

const key = ['users'] as const;
const pageSize = 25;

export interface NewUser extends Pick<User, 'email' | 'name' | 'role' | 'access'> {
  organizationId: string;
  password?: string;
}

export interface UserChanges extends Partial<Pick<User, 'name' | 'role' | 'access'>> {
  status?: 'active' | 'disabled';
  mfaEnabled?: false;
  reason?: string;
}

export function usersQuery(asked: UsersFilter) {
  const filter = { limit: pageSize, ...queryOf(asked) };
  return pagedQuery([...key, 'list', filter], (cursor, signal) =>
    answer(api.GET('/api/v1/users', { params: { query: { ...filter, ...cursor } }, signal })),
  );
}

const userQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id],
    queryFn: ({ signal }) => versionedAnswer(api.GET('/api/v1/users/{id}', { params: { path: { id } }, signal })),
  });

/** What helps a user who cannot sign in; asked for anew with the user. */
export const userSecurityQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id, 'security'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/users/{id}/security', { params: { path: { id } }, signal })),
  });

export const useVersionedUser = (id: string) => useVersionedQuery(userQuery(id));

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
    mutationFn: async ({ changes, etag }: Change<UserChanges>) => {
      const { value, ...version } = await versionedAnswer(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id } },
          body: changes,
          headers: etag ? { 'If-Match': etag } : {},
        }),
      );
      return { ...version, value: withoutPass(value) };
    },
    onSuccess: (updated) => {
      client.setQueryData(userQuery(id).queryKey, updated);
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
      void client.invalidateQueries({ queryKey: userSecurityQuery(id).queryKey });
    },
  });
}

/** Keeps the pass that came with a reset, to be shown. */
function withoutPass({ reenrollmentPass, ...user }: User & { reenrollmentPass?: string }): User {
  if (reenrollmentPass !== undefined) setUnsavedPass({ userId: user.id, pass: reenrollmentPass });
  return user;
}

/** Approves the reset of the version that was shown. */
export function useApproveReset(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (etag: string | null) => {
      const { value, ...version } = await versionedAnswer(
        api.POST('/api/v1/users/{id}/mfa-reset/approve', {
          params: { path: { id } },
          headers: etag ? { 'If-Match': etag } : {},
        }),
      );
      return { ...version, value: withoutPass(value) };
    },
    onSuccess: (updated) => {
      client.setQueryData(userQuery(id).queryKey, updated);
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
    },
  });
}

export function useStopReset(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/users/{id}/mfa-reset', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** Another re-enrolment pass; the one before is dead. */
export function useIssuePass(id: string) {
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/users/{id}/reenrollment-pass', { params: { path: { id } } })),
    onSuccess: ({ reenrollmentPass: pass }) => setUnsavedPass({ userId: id, pass }),
    gcTime: 0,
  });
}

/** Reads nothing of the user again: the page of somebody who is no more is about to be left. */
export function useEraseUser(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string }) =>
      answer(api.POST('/api/v1/users/{id}/erase', { params: { path: { id } }, body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: [...key, 'list'] }),
  });
}

export function useRemovePassword(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      versionedAnswer(api.POST('/api/v1/users/{id}/local-password/remove', { params: { path: { id } } })),
    onSuccess: (updated) => {
      client.setQueryData(userQuery(id).queryKey, updated);
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
    },
  });
}

export function useMailSsoLink(id: string) {
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/users/{id}/sso-link', { params: { path: { id } } })),
  });
}

export function useSendInvitation(id: string) {
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/users/{id}/invitation', { params: { path: { id } } })),
  });
}
