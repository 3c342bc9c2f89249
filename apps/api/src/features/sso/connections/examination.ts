import type { Database } from '../../../platform/database/database.ts';
import { type Outbound, OutboundError } from '../../../platform/net/outbound.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { issuerOf } from '../protocols/oidc/discovered-clients.ts';
import { certificateWarnings } from '../protocols/saml/identity-provider.ts';
import type { Provider } from '../protocols/schemas.ts';
import { connectionsStore } from './store.ts';

export interface ExaminedConnection {
  /** Slug of the organisation, and the connection's name. */
  organization: string;
  name: string;
  /** What an admin should look at; none where all is well. */
  faults: string[];
}

/** Whether the providers of all enabled connections can be reached, and when their certificates end: for the operator. */
export async function examineConnections(deps: {
  database: Database;
  clock: Clock;
  outbound: Outbound;
}): Promise<ExaminedConnection[]> {
  const rows = await connectionsStore(deps.database.client).listEnabled();
  return Promise.all(
    rows.map(async ({ organization, name, ...provider }) => ({
      organization,
      name,
      faults: await faultsOf(provider, deps),
    })),
  );
}

async function faultsOf(
  provider: Provider,
  { clock, outbound }: { clock: Clock; outbound: Outbound },
): Promise<string[]> {
  if (provider.kind === 'saml') {
    return certificateWarnings(provider.config, clock.now()).map(({ words }) => words);
  }
  const issuer = issuerOf(provider).href.replace(/\/$/, '');
  try {
    const { status } = await outbound.fetch(`${issuer}/.well-known/openid-configuration`);
    return status === 200 ? [] : [`${issuer} answers with ${status} where its configuration should be.`];
  } catch (error) {
    if (error instanceof OutboundError) return [error.message];
    throw error;
  }
}
