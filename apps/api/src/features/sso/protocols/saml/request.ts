import { randomBytes } from 'node:crypto';
import { SamlFault } from './fault.ts';
import { nodeSaml } from './node-saml.ts';
import type { AuthnRequest, SamlConnection } from './types.ts';

/** See `SamlAdapter.newRequestId`. An NCName may not begin with a digit. */
export const newRequestId = (): string => `_${randomBytes(20).toString('hex')}`;

/** See `SamlAdapter.authnRequestUrl`. */
export async function authnRequestUrl(
  connection: SamlConnection,
  { requestId, relayState }: AuthnRequest,
  now: Date,
): Promise<URL> {
  // Only what is encoded alike by everybody is signed alike.
  if (!/^[\w-]{1,80}$/.test(relayState)) {
    throw new SamlFault('invalid_configuration', 'RelayState has to be 1 to 80 characters of base64url.');
  }
  return new URL(await nodeSaml(connection, { requestId }, now).getAuthorizeUrlAsync(relayState, undefined, {}));
}
