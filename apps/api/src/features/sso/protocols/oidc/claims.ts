import { isEmailAddress, normalizeEmail } from '@sallyport/core';
import {
  type Federation,
  printable,
  type ReceivedValue,
  SsoFault,
  saysMultiFactor,
  type VerifiedIdentity,
} from '../identity.ts';
import type { ConfigOf } from '../schemas.ts';

/** Claims of an ID token whose signature, issuer, audience, nonce and expiry openid-client has checked. */
export type Claims = Readonly<Record<string, unknown>>;

export const ENTRA_AUTHORITY = 'https://login.microsoftonline.com';
export const GOOGLE_ISSUER = 'https://accounts.google.com';

/** Of Microsoft, in its clouds and under its older names. */
const MICROSOFT_HOSTS = [
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.microsoft.com',
  'login.windows.net',
  'login.live.com',
  'sts.windows.net',
];

/**
 * The kind that an issuer has to be connected with, because its accounts are judged by more than their address; null
 * for any other (SEC-36).
 *
 * @param issuer an address as it came, untrusted
 */
export function kindOfIssuer(issuer: unknown): 'entra' | 'google' | null {
  // Google has issued tokens without the scheme.
  const address = String(issuer).replace(/^(?!https?:)/i, 'https://');
  const host = URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, '') : '';
  if (host === new URL(GOOGLE_ISSUER).hostname) return 'google';
  return MICROSOFT_HOSTS.includes(host) ? 'entra' : null;
}

/** The directory that Microsoft keeps personal accounts in. */
const PERSONAL_ACCOUNTS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** How far ahead of ours a provider's clock may be. */
const CLOCK_TOLERANCE_SECONDS = 60;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the library takes without a question: a token from the future, an empty subject.
 *
 * @throws SsoFault
 */
export function assertSoundToken(claims: Claims, now: Date): void {
  const { iat, sub } = claims;
  if (typeof iat !== 'number' || iat > now.getTime() / 1000 + CLOCK_TOLERANCE_SECONDS)
    refuse(claims, 'The ID token was issued in the future (iat). Check the clocks of both servers.');
  // OpenID Connect Core section 2: at most 255 ASCII characters.
  if (typeof sub !== 'string' || !/^(?=.*\S)[\x20-\x7e]{1,255}$/.test(sub))
    refuse(claims, 'The ID token names no subject (sub).');
}

/**
 * An account of Microsoft Entra ID: `oid` in the directory `tid`.
 *
 * @throws SsoFault for other directories, and for guests and personal accounts unless they are allowed
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function entraIdentity(config: ConfigOf<'entra'>, claims: Claims): VerifiedIdentity {
  const tid = text(claims.tid);
  const oid = text(claims.oid);
  if (!tid || !guid.test(tid)) return refuse(claims, 'The ID token names no directory (tid).');
  if (claims.iss !== `${ENTRA_AUTHORITY}/${tid}/v2.0`)
    return refuse(claims, 'The directory in the ID token (tid) is not the one that issued it (iss).');
  const personal = tid === PERSONAL_ACCOUNTS_TENANT;
  if (personal && !config.allowPersonalAccounts)
    return refuse(claims, 'A personal Microsoft account was used, and this connection does not allow them.');
  if (!personal && !config.tenantIds.includes(tid))
    return refuse(claims, `The directory ${tid} is not among the tenant ids of this connection.`);
  if (!oid || !guid.test(oid))
    return refuse(claims, 'The ID token names no object id (oid). Ask for the scope profile.');
  const guest = isGuest(claims);
  if (guest && !config.allowGuests)
    return refuse(claims, 'A guest of the directory was used, and this connection does not allow guests.');

  // The e-mail claim is whatever somebody wrote into the directory, unless Entra says that it knows the domain's owner.
  // The domain of a member's user principal name is always verified by the directory; a guest's is not its own.
  const owned = claims.xms_edov === true || claims.xms_edov === 1 || claims.xms_edov === '1';
  const principal = addressOf(claims.preferred_username);
  const email = owned ? (addressOf(claims.email) ?? principal) : principal;
  return identity(claims, {
    subject: oid,
    tenantId: tid,
    email,
    mayMatchAddress: email !== null && !guest && !personal,
    name: text(claims.name),
  });
}

/**
 * An account of a Google Workspace domain.
 *
 * @throws SsoFault for accounts of other domains, and of none
 * @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
 */
export function googleIdentity(config: ConfigOf<'google'>, claims: Claims): VerifiedIdentity {
  if (typeof claims.hd !== 'string')
    return refuse(claims, 'A Google account outside of any Workspace domain was used (no hd in the ID token).');
  if (!config.hostedDomains.includes(claims.hd))
    return refuse(claims, 'The Workspace domain of the account (hd) is not among those of this connection.');
  return standardIdentity(claims, text(claims.name));
}

/**
 * An account of any other provider.
 *
 * @throws SsoFault for the issuers that have a kind of their own
 */
export function oidcIdentity(config: ConfigOf<'oidc'>, claims: Claims): VerifiedIdentity {
  const kind = kindOfIssuer(claims.iss);
  if (kind) return refuse(claims, `Accounts of this issuer need a connection of kind ${kind}.`);
  return standardIdentity(claims, text(claims[config.nameClaim ?? 'name']));
}

function standardIdentity(claims: Claims, name: string | null): VerifiedIdentity {
  const email = addressOf(claims.email);
  return identity(claims, {
    subject: String(claims.sub),
    tenantId: null,
    email,
    // Providers have been seen to send the text "false".
    mayMatchAddress: email !== null && claims.email_verified === true,
    name,
  });
}

function identity(
  claims: Claims,
  who: Pick<VerifiedIdentity, 'subject' | 'tenantId' | 'email' | 'mayMatchAddress' | 'name'>,
): VerifiedIdentity {
  const amr = Array.isArray(claims.amr) ? claims.amr.flatMap((method) => text(method) ?? []).slice(0, 20) : undefined;
  const acr = text(claims.acr) ?? undefined;
  const federation: Federation = { ...(amr ? { amr } : {}), ...(acr === undefined ? {} : { acr }) };
  return {
    ...who,
    issuer: String(claims.iss),
    multiFactor: saysMultiFactor(amr, acr),
    federation,
    authenticatedAtMs: typeof claims.auth_time === 'number' ? claims.auth_time * 1000 : null,
    received: receivedFrom(claims),
  };
}

function isGuest(claims: Claims): boolean {
  const elsewhere = typeof claims.idp === 'string' && claims.idp !== claims.iss;
  const marked = typeof claims.preferred_username === 'string' && claims.preferred_username.includes('#EXT#');
  return elsewhere || marked || claims.acct === 1 || claims.acct === '1';
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && printable(value).trim() !== '' ? printable(value).trim().slice(0, 200) : null;

const addressOf = (value: unknown): string | null =>
  typeof value === 'string' && isEmailAddress(value) ? normalizeEmail(value) : null;

const meaningless = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh', 'uti', 'jti', 'sid']);

/** The claims as the page of a test shows them: all but what only protocols understand. */
function receivedFrom(claims: Claims): ReceivedValue[] {
  return Object.entries(claims)
    .filter(([name]) => !meaningless.has(name))
    .slice(0, 50)
    .map(([name, value]) => ({ name: printable(name).slice(0, 200), values: valuesOf(value) }));
}

const valuesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value.slice(0, 20) : [value]).map((item) =>
    printable(typeof item === 'string' ? item : (JSON.stringify(item) ?? '')).slice(0, 500),
  );

function refuse(claims: Claims, words: string): never {
  throw new SsoFault('sso_failed', words, { received: receivedFrom(claims) });
}
