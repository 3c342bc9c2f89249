import type { Adapter, AdapterPayload } from 'oidc-provider';

export type Client = AdapterPayload & { client_id: string };

/** What oidc-provider stores, in memory; clients are added while it runs. */
export function memoryAdapters(clients: ReadonlyMap<string, Client>): (model: string) => Adapter {
  return (model) => {
    const rows = new Map<string, AdapterPayload>();
    const find = async (test: (row: AdapterPayload) => boolean) => [...rows.values()].find(test);
    return {
      upsert: async (id, payload) => {
        rows.set(id, payload);
      },
      find: async (id) => (model === 'Client' ? clients.get(id) : rows.get(id)),
      findByUserCode: (userCode) => find((row) => row.userCode === userCode),
      findByUid: (uid) => find((row) => row.uid === uid),
      consume: async (id) => {
        const row = rows.get(id);
        if (row) row.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        rows.delete(id);
      },
      revokeByGrantId: async (grantId) => {
        for (const [id, row] of rows) if (row.grantId === grantId) rows.delete(id);
      },
    };
  };
}
