import { HOUR_MS } from '@sallyport/core';
import type { Feature } from '../../http/feature.ts';
import { connectionsRoutes } from './connections/routes.ts';
import type { ConnectionsService } from './connections/service.ts';
import { domainsRoutes } from './domains/routes.ts';
import type { DomainsService } from './domains/service.ts';
import type { IdentitiesService } from './sign-in/identities.ts';
import { identitiesRoutes, ssoFlowRoutes } from './sign-in/routes.ts';
import type { SsoFlowService } from './sign-in/service.ts';

export { connectionsDataOf, forgetInConnections } from './connections/personal-data.store.ts';
export { ConnectionsService } from './connections/service.ts';
export { StagedChanges } from './connections/staged-changes.ts';
export { DomainsService } from './domains/service.ts';
export { examineConnections, SsoDirectory } from './service.ts';
export { IdentitiesService } from './sign-in/identities.ts';
export { MailedLinks } from './sign-in/mailed-links.ts';
export { ssoSignInDataOf } from './sign-in/personal-data.store.ts';
export { SsoFlowService } from './sign-in/service.ts';

interface Services {
  domains: DomainsService;
  connections: ConnectionsService;
  identities: IdentitiesService;
  ssoFlow: SsoFlowService;
}

/** Single sign-on: connections, domains, the way through a provider, and the accounts there. */
export const ssoFeature = ({ domains, connections, identities, ssoFlow }: Services): Feature => ({
  routes: [
    domainsRoutes(domains),
    connectionsRoutes(connections, ssoFlow),
    identitiesRoutes(identities, ssoFlow),
    ssoFlowRoutes(ssoFlow),
  ],
  chores: [
    { name: 'spent single sign-ons', everyMs: HOUR_MS, run: () => ssoFlow.purge() },
    { name: 'records of verified domains', everyMs: HOUR_MS, run: () => domains.recheck() },
  ],
});
