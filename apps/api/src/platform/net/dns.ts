import { Resolver } from 'node:dns/promises';

/** The texts of the TXT records at a name; none where there is no such name, or no server answers. */
export type TxtResolver = (name: string) => Promise<string[]>;

/**
 * Asks DNS for TXT records, within some 5 seconds.
 *
 * @param servers `address` or `address:port`; null means those of the system
 */
export function txtResolver(servers: readonly string[] | null): TxtResolver {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (servers) resolver.setServers(servers);
  return async (name) => {
    try {
      // A record comes in parts of at most 255 bytes (RFC 1035 section 3.3.14).
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    } catch {
      return [];
    }
  };
}
