import type { FastifyRequest } from 'fastify';

/** Headers that proxies add to what they pass on; each gives one away (SEC-57). */
const ofProxies =
  /^(?:forwarded|via|client-ip|true-client-ip|cdn-loop|cf-.+|fastly-.+|x-(?:forwarded|real|client|original|proxy|envoy|cluster|azure|amzn|arr)\b.*)$/;

const hostOfThisMachine = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;

const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

/**
 * Whether the request names this machine and came through no proxy; the connection itself may come from elsewhere, as it
 * does into a container.
 */
export const isOfThisMachine = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  hostOfThisMachine.test(headers.host ?? '') && !Object.keys(headers).some((name) => ofProxies.test(name));

/** Whether the request came from this machine and through no proxy. */
export const isDirect = (request: FastifyRequest): boolean =>
  loopback.test(request.socket.remoteAddress ?? '') && isOfThisMachine(request);
