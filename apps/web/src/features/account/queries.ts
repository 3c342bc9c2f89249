import { answer } from '@sallyport/client';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import { pagedQuery } from '../../base/api/paged-query.ts';
import type { Result } from '../../base/api/types.ts';
import { session } from '../../base/session/session.ts';
import type { Proof } from '../../ui/proof-fields.tsx';

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/sessions', { signal }))).items,
});

/** The browsers that are not asked for the second step. */
export const devicesQuery = queryOptions({
  queryKey: ['me', 'devices'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/devices', { signal }))).items,
});

type Identities = Result<'/api/v1/me/identities', 'get', 200>;
export type Identity = Identities['items'][number];
/** A connection of the organization that the user could link an account of. */
export type Linkable = Identities['linkable'][number];

export const identitiesQuery = queryOptions({
  queryKey: ['me', 'identities'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/identities', { signal })),
});

/** Proves the user, then leaves for the provider, which sends the browser back to the page of linked accounts. */
export function useLinkIdentity(connectionId: string) {
  return useMutation({
    mutationFn: (body: Proof) =>
      answer(
        api.POST('/api/v1/me/identities/{connectionId}/link', {
          params: { path: { connectionId } },
          body: { ...body, returnTo: '/account/identities' },
        }),
      ),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useUnlinkIdentity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/me/identities/{id}', { params: { path: { id } } })),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: identitiesQuery.queryKey }),
        client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
      ]),
  });
}

/** What one did and what happened to the account, newest first. */
export const ownEventsQuery = pagedQuery(['me', 'events'], (cursor, signal) =>
  answer(api.GET('/api/v1/me/events', { params: { query: { limit: 10, ...cursor } }, signal })),
);

/** Says that something was not oneself: of an event, or with null of none in particular. */
export function useReportNotMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (eventId: string | null) =>
      answer(api.POST('/api/v1/me/not-me', { body: eventId === null ? {} : { eventId } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  });
}

export function useUpdateProfile() {
  return useMutation({
    mutationFn: (body: { name: string }) => answer(api.PATCH('/api/v1/me', { body })),
    onSuccess: session.update,
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string } & Omit<Proof, 'password'>) =>
      answer(api.POST('/api/v1/me/password', { body })),
    onSuccess: () => invalidateAccess(client),
  });
}

export function useRevokeSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

export function useRevokeOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me/sessions')),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

/** Forgets one remembered browser, or with null all of them; the sessions there end. */
export function useForgetDevices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) =>
      id === null
        ? answer(api.DELETE('/api/v1/me/devices'))
        : answer(api.DELETE('/api/v1/me/devices/{id}', { params: { path: { id } } })),
    onSettled: () => invalidateAccess(client),
  });
}

const invalidateAccess = (client: QueryClient) =>
  Promise.all(
    [sessionsQuery, devicesQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey: [...queryKey] })),
  );
