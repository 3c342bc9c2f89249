/** `Date` has whole seconds, rounded down: the answer may have been made this much later. */
const dateResolutionMs = 1000;

/**
 * The moment, by this device's clock, when something of the service ends. Device clocks are often wrong by minutes,
 * so only the distance between the answer's `Date` and its `expiresAt` is believed.
 *
 * @param expiresAt RFC 3339 time by the service's clock
 * @param response  the answer that held it
 * @returns Unix time in milliseconds by this device's clock; at most a second early, never late
 */
export function localDeadline(expiresAt: string, response: Response, nowMs = Date.now()): number {
  const sentMs = Date.parse(response.headers.get('Date') ?? '');
  const serviceNowMs = Number.isNaN(sentMs) ? nowMs : sentMs + dateResolutionMs;
  return nowMs + (Date.parse(expiresAt) - serviceNowMs);
}
