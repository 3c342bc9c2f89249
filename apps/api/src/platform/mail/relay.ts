import type { Logger } from 'pino';
import type { Presence } from '../database/database.ts';

/** What an instance with SMTP_URL tells the others on its database. */
export const RELAY_MARK = 'mail-relay';

/**
 * Whether an instance without SMTP_URL may take mail into its own folder, which nobody gets: only as long as it has
 * seen none that hands mail on. Once it has, the mail waits, also while that one is started anew.
 */
export function unlessRelayed(
  presence: Pick<Presence, 'others'>,
  logger: Pick<Logger, 'warn'>,
): () => Promise<boolean> {
  let isRelayed = false;
  return async () => {
    if (isRelayed) return false;
    isRelayed = (await presence.others()).some((other) => other.has(RELAY_MARK));
    if (isRelayed) logger.warn('Mail is left to the servers with SMTP_URL, which this one has not.');
    return !isRelayed;
  };
}
