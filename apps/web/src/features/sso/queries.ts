import { answer, fullAnswer } from '@sallyport/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Body, Result } from '../../base/api/types.ts';

const connectionsPath = '/api/v1/organizations/{id}/sso-connections';
const connectionPath = `${connectionsPath}/{connectionId}` as const;

export type Connection = Result<typeof connectionPath, 'get', 200>;
export type NewConnection = Body<typeof connectionsPath, 'post'>;
export type ConnectionChanges = Body<typeof connectionPath, 'patch'>;
export type TestResult = NonNullable<Result<`${typeof connectionPath}/test`, 'get', 200>['result']>;
export type Metadata = Result<'/api/v1/organizations/{id}/saml-metadata', 'post', 200>;

/** A connection with the version it was read in. */
export interface VersionedConnection {
  connection: Connection;
  /** For `If-Match`. */
  etag: string | null;
}

/** The connection as it will be once the change that waits takes effect; as it is where none does. */
export function asChanged(connection: Connection): Connection {
  const { pendingChange } = connection;
  if (pendingChange === null) return connection;
  const { config, certificates, hasClientSecret } = pendingChange;
  // The change is of the kind of its connection.
  return { ...connection, config, certificates, hasClientSecret } as Connection;
}

interface ConnectionIds {
  organizationId: string;
  connectionId: string;
}

const ssoKey = (organizationId: string) => ['sso', organizationId] as const;
const pathOf = ({ organizationId, connectionId }: ConnectionIds) => ({ path: { id: organizationId, connectionId } });

export function connectionsQuery(organizationId: string) {
  return queryOptions({
    queryKey: [...ssoKey(organizationId), 'connections'],
    queryFn: async ({ signal }) => {
      const params = { path: { id: organizationId } };
      return (await answer(api.GET(connectionsPath, { params, signal }))).items;
    },
  });
}

export function connectionQuery(ids: ConnectionIds) {
  return queryOptions({
    queryKey: [...ssoKey(ids.organizationId), 'connection', ids.connectionId],
    queryFn: async ({ signal }): Promise<VersionedConnection> => {
      const { data, response } = await fullAnswer(api.GET(connectionPath, { params: pathOf(ids), signal }));
      return { connection: data, etag: response.headers.get('ETag') };
    },
    // The form is filled once; a refresh behind its back would move the version that the person has seen.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** What the last try of a connection showed; null when there was none. */
export function testResultQuery(ids: ConnectionIds) {
  return queryOptions({
    queryKey: [...ssoKey(ids.organizationId), 'test', ids.connectionId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET(`${connectionPath}/test`, { params: pathOf(ids), signal }))).result,
  });
}

export function useCreateConnection(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewConnection) =>
      answer(api.POST(connectionsPath, { params: { path: { id: organizationId } }, body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ssoKey(organizationId) }),
  });
}

export function useUpdateConnection(ids: ConnectionIds) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ changes, etag }: { changes: ConnectionChanges; etag: string | null }) => {
      const { data, response } = await fullAnswer(
        api.PATCH(connectionPath, {
          params: { ...pathOf(ids), ...(etag ? { header: { 'if-match': etag } } : {}) },
          body: changes,
        }),
      );
      return { connection: data, etag: response.headers.get('ETag') };
    },
    onSuccess: (updated) => {
      client.setQueryData(connectionQuery(ids).queryKey, updated);
      void client.invalidateQueries({ queryKey: connectionsQuery(ids.organizationId).queryKey });
      void client.invalidateQueries({ queryKey: testResultQuery(ids).queryKey });
      void client.invalidateQueries({ queryKey: domainsQuery(ids.organizationId).queryKey });
    },
  });
}

/** Discards the change that waits. */
export function useDiscardChange(ids: ConnectionIds) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE(`${connectionPath}/pending-change`, { params: pathOf(ids) })),
    onSuccess: () => client.invalidateQueries({ queryKey: ssoKey(ids.organizationId) }),
  });
}

export function useDeleteConnection(ids: ConnectionIds) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE(connectionPath, { params: pathOf(ids) })),
    onSuccess: () => void client.invalidateQueries({ queryKey: connectionsQuery(ids.organizationId).queryKey }),
  });
}

/** Leaves for the provider, which sends the browser back to `returnTo`. */
export function useTestConnection(ids: ConnectionIds, returnTo: string) {
  return useMutation({
    mutationFn: () => answer(api.POST(`${connectionPath}/test`, { params: pathOf(ids), body: { returnTo } })),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useReadMetadata(organizationId: string) {
  return useMutation({
    mutationFn: (body: { url: string } | { xml: string }) =>
      answer(api.POST('/api/v1/organizations/{id}/saml-metadata', { params: { path: { id: organizationId } }, body })),
  });
}

export function domainsQuery(organizationId: string) {
  return queryOptions({
    queryKey: [...ssoKey(organizationId), 'domains'],
    queryFn: async ({ signal }) => {
      const params = { path: { id: organizationId } };
      return (await answer(api.GET('/api/v1/organizations/{id}/domains', { params, signal }))).items;
    },
  });
}

export type Domain = Result<'/api/v1/organizations/{id}/domains', 'get', 200>['items'][number];

/** Adds, verifies and removes domains; the list and the connections that use them are asked for again. */
export function useDomainChanges(organizationId: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ssoKey(organizationId) });
  const params = (name: string) => ({ path: { id: organizationId, name } });
  return {
    add: useMutation({
      mutationFn: (name: string) =>
        answer(
          api.POST('/api/v1/organizations/{id}/domains', { params: { path: { id: organizationId } }, body: { name } }),
        ),
      onSuccess,
    }),
    verify: useMutation({
      mutationFn: (name: string) =>
        answer(api.POST('/api/v1/organizations/{id}/domains/{name}/verify', { params: params(name) })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (name: string) =>
        answer(api.DELETE('/api/v1/organizations/{id}/domains/{name}', { params: params(name) })),
      onSuccess,
    }),
  };
}
