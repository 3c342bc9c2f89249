import { keyIdInSql, SEALED_COLUMNS } from '../../platform/crypto/keyring-check.ts';
import { type Db, Prisma } from '../../platform/database/database.ts';

export type SealedTable = (typeof SEALED_COLUMNS)[number]['table'];

export const sealedTables: readonly SealedTable[] = SEALED_COLUMNS.map(({ table }) => table);

export interface SealedRow {
  /** Primary key. */
  key: string;
  /** Id of the record, which the text is sealed for. */
  recordId: string;
  sealed: Uint8Array<ArrayBuffer>;
}

/** Primary key of each table with its type, and the column that names the record. */
const keys: Record<SealedTable, { key: string; type: 'uuid' | 'text'; record: string }> = {
  totp_authenticators: { key: 'user_id', type: 'uuid', record: 'id' },
  pending_enrollments: { key: 'user_id', type: 'uuid', record: 'id' },
  outgoing_mails: { key: 'id', type: 'uuid', record: 'id' },
  signing_keys: { key: 'id', type: 'text', record: 'id' },
  sso_connections: { key: 'id', type: 'uuid', record: 'id' },
  sso_transactions: { key: 'id', type: 'uuid', record: 'id' },
};

const partsOf = (name: SealedTable) => {
  const { key, type, record } = keys[name];
  const column = SEALED_COLUMNS.find(({ table }) => table === name)?.column ?? '';
  return {
    table: Prisma.raw(name),
    column: Prisma.raw(column),
    key: Prisma.raw(key),
    type: Prisma.raw(type),
    record: Prisma.raw(record),
  };
};

export const keyRotationStore = (db: Db) => ({
  /** How many texts are sealed under each key. */
  async uses(): Promise<Map<string, number>> {
    const all = SEALED_COLUMNS.map(
      ({ table, column }) => Prisma.sql`SELECT ${keyIdInSql(Prisma.raw(column))} AS key_id FROM ${Prisma.raw(table)}`,
    );
    const rows = await db.$queryRaw<{ keyId: string; count: number }[]>`
      SELECT key_id AS "keyId", count(*)::int AS count FROM (${Prisma.join(all, ' UNION ALL ')}) AS uses
      GROUP BY key_id ORDER BY key_id`;
    return new Map(rows.map(({ keyId, count }) => [keyId, count]));
  },

  /** The next rows that are sealed under another key than `keyId`, in the order of their keys as text. */
  async others(name: SealedTable, keyId: string, after: string, limit: number): Promise<SealedRow[]> {
    const { table, column, key, record } = partsOf(name);
    return db.$queryRaw<SealedRow[]>`
      SELECT ${key}::text AS key, ${record}::text AS "recordId", ${column} AS sealed FROM ${table}
      WHERE ${keyIdInSql(column)} <> ${keyId} AND ${key}::text COLLATE "C" > ${after}
      ORDER BY ${key}::text COLLATE "C" LIMIT ${limit}::int`;
  },

  /** Puts `sealed` in the place of what was read. False when the row changed, or went, in the meantime. */
  async replace(name: SealedTable, row: SealedRow, sealed: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const { table, column, key, type } = partsOf(name);
    const count = await db.$executeRaw`
      UPDATE ${table} SET ${column} = ${sealed} WHERE ${key} = ${row.key}::${type} AND ${column} = ${row.sealed}`;
    return count === 1;
  },

  /** Makes sure of the check of the key that seals now. */
  async saveCheck(keyId: string, sealed: Uint8Array<ArrayBuffer>): Promise<void> {
    await db.encryptionKeyCheck.createMany({ data: { keyId, sealed }, skipDuplicates: true });
  },

  async forgetChecks(keyIds: readonly string[]): Promise<void> {
    await db.encryptionKeyCheck.deleteMany({ where: { keyId: { in: [...keyIds] } } });
  },
});
