import type { SsoPurpose } from '@sallyport/core';
import type { SealedColumn } from '../../../platform/crypto/store.ts';
import type { Db } from '../../../platform/database/database.ts';
import { transactionContext } from '../secrets.ts';

type Hash = Uint8Array<ArrayBuffer>;

export const sealedTransactions: SealedColumn = {
  table: 'sso_transactions',
  column: 'secrets',
  key: 'id',
  keyType: 'uuid',
  record: 'id',
  context: ({ recordId }) => transactionContext(recordId),
};

export interface TransactionRow {
  id: string;
  purpose: SsoPurpose;
  connectionId: string;
  connectionVersion: number;
  userId: string | null;
  sessionId: string | null;
  secrets: Uint8Array;
  returnTo: string;
}

export interface NewTransaction extends TransactionRow {
  secrets: Hash;
  stateHash: Hash;
  browserHash: Hash;
  codeHash?: Hash;
  createdAt: Date;
  expiresAt: Date;
}

const columns = {
  id: true,
  purpose: true,
  connectionId: true,
  connectionVersion: true,
  userId: true,
  sessionId: true,
  secrets: true,
  returnTo: true,
} as const;

/** The attempts to come in through a provider; each is taken up once, by one conditional UPDATE. */
export const flowStore = (db: Db) => ({
  async insert(row: NewTransaction): Promise<void> {
    await db.ssoTransaction.create({ data: row });
  },

  /** Takes up the attempt of this `state` and this browser. Null when it is over, taken up before, or not theirs. */
  async consumeByState(connectionId: string, stateHash: Hash, browserHash: Hash, now: Date) {
    const [row] = await db.ssoTransaction.updateManyAndReturn({
      where: { stateHash, connectionId, browserHash, codeHash: null, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
      select: columns,
    });
    return row ?? null;
  },

  /** Takes up the attempt whose result the ACS left under this code for this browser. */
  async consumeByCode(codeHash: Hash, browserHash: Hash, now: Date) {
    const [row] = await db.ssoTransaction.updateManyAndReturn({
      where: { codeHash, browserHash, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
      select: columns,
    });
    return row ?? null;
  },

  /** The attempt that waits for the answer with this RelayState; stays as it is: anybody can post junk. */
  async findPending(connectionId: string, stateHash: Hash, now: Date): Promise<TransactionRow | null> {
    return db.ssoTransaction.findFirst({
      where: { stateHash, connectionId, codeHash: null, consumedAt: null, expiresAt: { gt: now } },
      select: columns,
    });
  },

  /** Leaves the verified result for the browser. False when another answer was first. */
  async leaveResult(id: string, codeHash: Hash, secrets: Hash, now: Date): Promise<boolean> {
    const { count } = await db.ssoTransaction.updateMany({
      where: { id, codeHash: null, consumedAt: null, expiresAt: { gt: now } },
      data: { codeHash, secrets },
    });
    return count === 1;
  },

  /** False when the assertion was accepted before. */
  async spendAssertion(connectionId: string, assertionId: string, expiresAt: Date): Promise<boolean> {
    const { count } = await db.samlAssertion.createMany({
      data: [{ connectionId, assertionId, expiresAt }],
      skipDuplicates: true,
    });
    return count === 1;
  },

  /** How many it removed. */
  async purge(before: Date): Promise<number> {
    const transactions = await db.ssoTransaction.deleteMany({ where: { expiresAt: { lt: before } } });
    const assertions = await db.samlAssertion.deleteMany({ where: { expiresAt: { lt: before } } });
    return transactions.count + assertions.count;
  },
});
