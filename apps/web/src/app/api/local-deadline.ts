/**
 * The moment, by this device's clock, when something of the service ends. Device clocks are often wrong by minutes,
 * so only the distance between the answer's `Date` and its `expiresAt` is believed.
 *
 * @param expiresAt RFC 3339 time by the service's clock
 * @param response  the answer that held it
 * @returns Unix time in milliseconds by this device's clock
 */
export function localDeadline(expiresAt: string, response: Response, nowMs = Date.now()): number {
  const serviceNowMs = Date.parse(response.headers.get('Date') ?? '');
  return nowMs + (Date.parse(expiresAt) - (Number.isNaN(serviceNowMs) ? nowMs : serviceNowMs));
}
