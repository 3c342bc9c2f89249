/** Headers are small: a proxy sends them at once, a phone in a tunnel soon. */
const HEADERS_MS = 10_000;
/** A connection in which nothing moves, in either direction, though an answer is due. */
const SILENCE_MS = 60_000;
/** How often Node looks for what is late: an end comes so much later at most. */
const LOOK_MS = 1000;

/**
 * The limits within which a client has to send, so that one that trickles or says nothing keeps no connection for good
 * (SEC-56). Options for Fastify; what comes too late gets 408.
 */
export const timeLimits = ({ requestTimeoutMs, keepAliveMs }: { requestTimeoutMs: number; keepAliveMs: number }) => ({
  requestTimeout: requestTimeoutMs,
  keepAliveTimeout: keepAliveMs,
  connectionTimeout: SILENCE_MS,
  http: { headersTimeout: Math.min(HEADERS_MS, requestTimeoutMs), connectionsCheckingInterval: LOOK_MS },
});
