import { connect } from 'node:tls';
import { DAY_MS } from '@sallyport/core';
import { type Config, isLocal } from '../../config.ts';
import { codeOf, type Finding, fault, ok, skipped, warning } from './finding.ts';

const TIMEOUT_MS = 5000;
/** Certificates that are renewed by themselves are renewed a month before their end. */
const SOON_DAYS = 21;
/** Of a range that is nobody's (RFC 5737): what the service must not take for our address. */
const FORGED = '203.0.113.77';

/** What the service wrote down of a request. */
export type AddressOf = (requestId: string) => Promise<string | null>;

/**
 * Asks the service from outside, as browsers do.
 *
 * @param addressOf null where the log cannot be read meanwhile
 */
export async function examinePublicUrl(
  { publicUrl, trustProxy }: Config,
  addressOf: AddressOf | null,
): Promise<Finding[]> {
  const certificate = publicUrl.protocol === 'https:' ? [await examineCertificate(publicUrl)] : [];
  const of = 'public url';
  try {
    const answer = await ask(new URL('/healthz', publicUrl));
    const body: unknown = await answer.json().catch(() => null);
    if (answer.status !== 200 || !(body !== null && typeof body === 'object' && 'status' in body)) {
      const words = `${publicUrl.origin} answers with ${answer.status}, and not as Sallyport does`;
      return [...certificate, fault(of, words, 'let the proxy pass every path on, without a redirect')];
    }
  } catch (error) {
    const words = `${publicUrl.origin} does not answer (${codeOf(error)})`;
    return [...certificate, warning(of, words, 'start the server; look at the proxy, DNS and firewall')];
  }
  return [
    ...certificate,
    ok(of, `${publicUrl.origin} answers`),
    await examineMetrics(publicUrl),
    addressOf === null
      ? skipped('proxy', 'the log that would tell which address a request had cannot be read while the server runs')
      : await examineSource(publicUrl, trustProxy, addressOf),
  ];
}

const ask = (url: URL, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), ...init });

async function examineMetrics(publicUrl: URL): Promise<Finding> {
  if (isLocal(publicUrl)) return skipped('metrics', 'PUBLIC_URL is of this machine, to which they are told');
  const { status } = await ask(new URL('/metrics', publicUrl));
  return status === 200
    ? fault('metrics', 'the whole world may read /metrics', 'close the path in the proxy, or set MANAGEMENT_PORT')
    : ok('metrics', 'they are closed to the outside');
}

/** A sign-in of nobody, which the log keeps with the address that the service took for ours (SEC-57). */
async function examineSource(publicUrl: URL, trustProxy: Config['trustProxy'], addressOf: AddressOf): Promise<Finding> {
  const of = 'proxy';
  const answer = await ask(new URL('/api/v1/auth/login', publicUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': FORGED },
    body: JSON.stringify({ email: 'doctor@sallyport.invalid', password: 'no password of anybody' }),
  });
  const { requestId = '' } = (await answer.json().catch(() => ({}))) as { requestId?: string };
  const address = await addressOf(requestId);
  if (address === null) return skipped(of, 'the log does not hold the request: DATABASE_URL is of another service');
  return judgeSource(address, { publicUrl, trustProxy });
}

/** @param address what the service took for the source of a request with a forged header */
export function judgeSource(
  address: string,
  { publicUrl, trustProxy }: Pick<Config, 'publicUrl' | 'trustProxy'>,
): Finding {
  const of = 'proxy';
  if (address === FORGED) {
    const todo = 'set TRUST_PROXY to the number of proxies that there are, and let the first of them drop the header';
    return fault(of, 'the service believes an X-Forwarded-For that a client made up', todo);
  }
  const isInside = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|::ffff:|f[cd])/.test(address);
  if (isInside && !isLocal(publicUrl)) {
    const words = `the service takes ${address} for our address, with TRUST_PROXY=${trustProxy}`;
    return warning(of, words, 'if that is a proxy, add it to TRUST_PROXY: else all people count as one source');
  }
  return ok(of, `the service takes ${address} for our address, and no forged one`);
}

async function examineCertificate({ hostname, port }: URL): Promise<Finding> {
  const of = 'certificate';
  try {
    const end = await endOfCertificate(hostname.replace(/^\[|\]$/g, ''), Number(port || 443));
    return judgeCertificate(end, new Date());
  } catch (error) {
    return fault(of, `browsers refuse the connection (${codeOf(error)})`, 'look at certificate and chain in the proxy');
  }
}

export function judgeCertificate(end: Date, now: Date): Finding {
  const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS);
  const words = `it ends on ${end.toISOString().slice(0, 10)}, in ${days} days`;
  return days < SOON_DAYS ? warning('certificate', words, 'look why it was not renewed') : ok('certificate', words);
}

/** @throws Node's error where the certificate is refused */
const endOfCertificate = (host: string, port: number): Promise<Date> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, timeout: TIMEOUT_MS }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.once('timeout', () => socket.destroy(new Error('timeout')));
    socket.once('error', reject);
  });
