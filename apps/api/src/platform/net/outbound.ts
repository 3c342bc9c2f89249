import dns, { type LookupAddress, type LookupAllOptions, type LookupOptions } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** For the whole of one exchange, from the name's resolution to the last byte. */
const TIMEOUT_MS = 5_000;
const BODY_LIMIT_BYTES = 1024 * 1024;

/** Why a fetch came to nothing, in words for the admin. */
export class OutboundError extends Error {
  constructor(words: string, options?: ErrorOptions) {
    super(words, options);
    this.name = 'OutboundError';
  }
}

export interface OutboundRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Gives up earlier than after 5 seconds. */
  signal?: AbortSignal | undefined;
}

/**
 * Fetches what identity providers publish: https only, from public addresses, without redirects, within 5 seconds and
 * 1 MiB. Where an admin's URL leads is not ours to trust (ASVS 5.0 1.3.6): the address is judged at the moment of the
 * connection, after the name was resolved, so that a name cannot change its mind in between (DNS rebinding).
 */
export class Outbound {
  /** For tests only: loopback addresses count as public. */
  readonly allowsLoopback: boolean;
  private readonly agent: Agent;

  constructor(options: { allowLoopback: boolean }) {
    this.allowsLoopback = options.allowLoopback;
    this.agent = new Agent({ keepAlive: false, maxSockets: 64 });
  }

  /**
   * @returns the answer, whatever its status; a redirect is an answer too, with nothing in it that is followed
   * @throws OutboundError when there is no whole answer
   */
  async fetch(address: string, init: OutboundRequest = {}): Promise<Response> {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.protocol !== 'https:') throw new OutboundError(`${shown(address)} is not an https address.`);
    if (url.username !== '' || url.password !== '') throw new OutboundError('The address holds a user name.');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Addresses that stand in the URL are not looked up.
    if (isIP(host) !== 0 && !this.isAllowed(host)) throw refused(url.host);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
    try {
      return await this.exchange(url, init, signal);
    } catch (error) {
      if (error instanceof OutboundError) throw error;
      if (signal.aborted) throw new OutboundError(`${url.host} did not answer in time.`, { cause: error });
      throw new OutboundError(`${url.host} cannot be reached (${reasonOf(error)}).`, { cause: error });
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(url: URL, init: OutboundRequest, signal: AbortSignal): Promise<Response> {
    const body = init.body === undefined ? undefined : Buffer.from(init.body);
    const options: RequestOptions = {
      agent: this.agent,
      method: init.method ?? 'GET',
      headers: {
        ...init.headers,
        'accept-encoding': 'identity',
        ...(body === undefined ? {} : { 'content-length': body.length }),
      },
      lookup: this.lookup,
      signal,
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(url, options, (answer) => {
        read(answer, url.host).then(resolve, (error: unknown) => {
          outgoing.destroy();
          reject(error);
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** Resolves a name and refuses it when any of its addresses is not public. */
  private readonly lookup = ((
    hostname: string,
    options: LookupOptions,
    callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ) => {
    // Through the module, so that what is installed there in tests is used.
    dns.lookup(hostname, { ...options, all: true } as LookupAllOptions, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => this.isAllowed(address))) return callback(refused(hostname), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  }) as LookupFunction;

  private isAllowed(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const range = ipaddr.process(address).range();
    return range === 'unicast' || (range === 'loopback' && this.allowsLoopback);
  }
}

async function read(answer: IncomingMessage, host: string): Promise<Response> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) throw new OutboundError(`${host} sent more than 1 MiB.`);
    chunks.push(chunk);
  }
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) throw new OutboundError(`${host} answered with status ${status}.`);
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const item of Array.isArray(value) ? value : [value ?? '']) headers.append(name, item);
  }
  const bodyless = status === 204 || status === 205 || status === 304;
  return new Response(bodyless ? null : Buffer.concat(chunks), { status, headers });
}

const refused = (host: string): OutboundError =>
  new OutboundError(`${host} is not a public address, and is not fetched from.`);

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (('code' in error ? String(error.code) : undefined) ?? error.message) : 'no reason given';

const shown = (address: string): string => `"${address.slice(0, 100)}"`;
