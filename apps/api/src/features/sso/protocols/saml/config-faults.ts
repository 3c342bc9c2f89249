import type { SamlConfig } from '../schemas.ts';
import { certificateFault, readCertificate } from './certificates.ts';
import { SamlFault } from './fault.ts';
import type { ConfigFault } from './types.ts';

/** See `SamlAdapter.configFaults`. */
export function configFaults(config: SamlConfig, { allowLoopback = false } = {}): ConfigFault[] {
  const certificates = config.certificates.map((text, index) => ({
    pointer: `/certificates/${index}`,
    message: certificateMessage(text),
  }));
  const faults = [{ pointer: '/ssoUrl', message: ssoUrlMessage(config.ssoUrl, allowLoopback) }, ...certificates];
  return faults.flatMap(({ pointer, message }) => (message === null ? [] : [{ pointer, message }]));
}

function certificateMessage(text: string): string | null {
  try {
    return certificateFault(readCertificate(text));
  } catch (error) {
    if (error instanceof SamlFault) return error.message;
    throw error;
  }
}

function ssoUrlMessage(text: string, allowLoopback: boolean): string | null {
  if (!URL.canParse(text)) return 'This is no address.';
  const { protocol, hostname, username, searchParams } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol !== 'https:' && !(allowLoopback && isLoopback)) return 'The address has to begin with https://.';
  if (username !== '') return 'The address must not hold a user name.';
  const ours = ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'];
  return ours.some((name) => searchParams.has(name)) ? 'The address must not hold a SAML request of its own.' : null;
}
