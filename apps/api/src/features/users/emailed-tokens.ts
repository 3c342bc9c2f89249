import {
  DAY_MS,
  type EmailedTokenPurpose,
  INVITATION_SECONDS,
  MFA_RESET_DISPUTE_SECONDS,
  PASSWORD_RESET_SECONDS,
  Problem,
  RECOVERY_ADDRESS_SECONDS,
  RECOVERY_SECONDS,
  SSO_LINK_SECONDS,
} from '@sallyport/core';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { emailedTokensStore, type TokenHolder } from './emailed-tokens.store.ts';

const lifetimeSeconds: Record<EmailedTokenPurpose, number> = {
  invitation: INVITATION_SECONDS,
  password_reset: PASSWORD_RESET_SECONDS,
  sso_link: SSO_LINK_SECONDS,
  mfa_reset: MFA_RESET_DISPUTE_SECONDS,
  recovery_address: RECOVERY_ADDRESS_SECONDS,
  recovery: RECOVERY_SECONDS,
};

/** One-time tokens that prove control of a mailbox; only their hash is stored. */
export class EmailedTokensService {
  constructor(private readonly deps: { database: Database; clock: Clock }) {}

  /** A new token for the user, within the transaction that queues the mail. Earlier ones of its purpose end. */
  async issue(tx: Transaction, userId: string, purpose: EmailedTokenPurpose): Promise<string> {
    const token = newToken();
    await this.store(tx, [{ userId, token }], purpose);
    return token;
  }

  /** The same for many users, some hundreds at once. */
  async issueMany<T extends { id: string }>(
    tx: Transaction,
    users: readonly T[],
    purpose: EmailedTokenPurpose,
  ): Promise<{ user: T; token: string }[]> {
    const issued = users.map((user) => ({ user, token: newToken() }));
    await this.store(
      tx,
      issued.map(({ user, token }) => ({ userId: user.id, token })),
      purpose,
    );
    return issued;
  }

  /**
   * Whom the token was sent to, without consuming it.
   *
   * @throws Problem `invalid_token`
   */
  async holder(token: string, purpose: EmailedTokenPurpose): Promise<TokenHolder> {
    const { database, clock } = this.deps;
    const holder = await emailedTokensStore(database.client).findHolder(hashToken(token), purpose, clock.now());
    if (!holder) throw invalidToken(purpose);
    return holder;
  }

  /**
   * Consumes the token within the transaction that it allows.
   *
   * @throws Problem `invalid_token` when it is over or somebody else was first
   */
  async consume(tx: Transaction, token: string, purpose: EmailedTokenPurpose): Promise<void> {
    if (!(await emailedTokensStore(tx).consume(hashToken(token), purpose, this.deps.clock.now()))) {
      throw invalidToken(purpose);
    }
  }

  /** Deletes the tokens that ended more than a day ago. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return emailedTokensStore(database.client).purge(new Date(clock.now().getTime() - DAY_MS));
  }

  /** Ends the tokens of the user that have one of these purposes. */
  async end(tx: Transaction, userId: string, purposes: readonly EmailedTokenPurpose[]): Promise<void> {
    for (const purpose of purposes) await emailedTokensStore(tx).endAll([userId], purpose);
  }

  /** Ends every token of the users, for changes after which no earlier mail may count. */
  async endAll(tx: Transaction, userIds: readonly string[]): Promise<void> {
    await emailedTokensStore(tx).endAll(userIds);
  }

  private async store(
    tx: Transaction,
    issued: readonly { userId: string; token: string }[],
    purpose: EmailedTokenPurpose,
  ): Promise<void> {
    const createdAt = this.deps.clock.now();
    const expiresAt = new Date(createdAt.getTime() + lifetimeSeconds[purpose] * 1000);
    const store = emailedTokensStore(tx);
    await store.endAll(
      issued.map(({ userId }) => userId),
      purpose,
    );
    await store.insertMany(
      issued.map(({ userId, token }) => ({ hash: hashToken(token), userId, purpose, createdAt, expiresAt })),
    );
  }
}

const wayOut: Record<EmailedTokenPurpose, string> = {
  invitation: 'Ask your administrator to send the invitation again.',
  password_reset: 'The link was used already or is too old. Ask for a new one on the sign-in page.',
  sso_link:
    'The link was used already or is too old. Sign in through single sign-on, or ask your administrator for a new one.',
  mfa_reset: 'The link was used already or is too old. Tell your administrator.',
  recovery_address: 'The link was used already or is too old. Name the address again under MFA Settings.',
  recovery: 'The link was used already or is too old. Sign in with your password and ask for another one.',
};

export const invalidToken = (purpose: EmailedTokenPurpose): Problem =>
  new Problem('invalid_token', { detail: wayOut[purpose] });
