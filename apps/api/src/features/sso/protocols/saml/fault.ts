import { SsoFault } from '../identity.ts';

/** Why a response, a request or metadata is refused; stable, for the audit log and the connection's page. */
export type SamlFaultCode =
  // The message itself
  | 'malformed_response'
  | 'forbidden_xml'
  | 'weak_algorithm'
  | 'unsigned'
  | 'invalid_signature'
  | 'decryption_failed'
  | 'unexpected_structure'
  // What it says
  | 'provider_refused'
  | 'wrong_issuer'
  | 'wrong_destination'
  | 'wrong_recipient'
  | 'wrong_audience'
  | 'wrong_in_response_to'
  | 'unsolicited'
  | 'not_yet_valid'
  | 'expired'
  | 'invalid_subject'
  | 'no_bearer_confirmation'
  | 'no_authn_statement'
  | 'wrong_authn_context'
  // Metadata and configuration
  | 'invalid_metadata'
  | 'invalid_configuration';

/**
 * A refusal with its cause in words that an administrator can act on. The words quote what the provider sent, so they
 * are for the audit log and for admins, never for whoever tries to sign in.
 */
export class SamlFault extends Error {
  readonly code: SamlFaultCode;

  constructor(code: SamlFaultCode, words: string, options?: ErrorOptions) {
    super(words, options);
    this.name = 'SamlFault';
    this.code = code;
  }
}

/** What somebody else wrote, fit for a sentence: quoted, one line, at most 200 characters. */
export function quoted(text: string | null | undefined): string {
  if (text === null || text === undefined || text === '') return 'nothing';
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  return line.length > 200 ? `"${line.slice(0, 200)}…"` : `"${line}"`;
}

/** A refusal in the words that every protocol shares; any other error as it is. */
export function samlFault(error: unknown): unknown {
  if (!(error instanceof SamlFault)) return error;
  const code = error.code === 'expired' ? 'sso_expired' : 'sso_failed';
  return new SsoFault(code, error.message, { cause: error });
}
