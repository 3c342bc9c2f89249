import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** The factory, each of whose adapters `change` may change before it is used. */
export function withAdapters(
  factory: SqlDriverAdapterFactory,
  change: (adapter: SqlDriverAdapter) => void,
): SqlDriverAdapterFactory {
  const { adapterName, provider } = factory;
  return {
    adapterName,
    provider,
    connect: async () => {
      const adapter = await factory.connect();
      change(adapter);
      return adapter;
    },
  };
}
