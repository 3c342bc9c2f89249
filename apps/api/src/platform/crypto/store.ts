import { type Db, Prisma, texts } from '../database/database.ts';

/** A column that holds texts sealed by the keyring, or nulls, as the owner of its table declares it. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The primary key and its type. */
  key: string;
  keyType: 'uuid' | 'text';
  /** The column with the id of the record, which the text is sealed for. */
  record: string;
  /** What the text of a row is sealed for. */
  context(row: { key: string; recordId: string }): string;
}

export interface SealedRow {
  /** Primary key. */
  key: string;
  recordId: string;
  sealed: Uint8Array<ArrayBuffer>;
}

/** What a private key is sealed for. */
export const signingKeyContext = (kid: string): string => `signing-key:${kid}`;

export const sealedSigningKeys: SealedColumn = {
  table: 'signing_keys',
  column: 'private_key',
  key: 'id',
  keyType: 'text',
  record: 'id',
  context: ({ recordId }) => signingKeyContext(recordId),
};

/** Serialises the making of keys by several instances; a number of our own among PostgreSQL's advisory locks. */
const ROTATION_LOCK = 4_207_001;

/** The id that a sealed text names, as SQL; see the layout in keyring.ts. */
const keyIdInSql = (column: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`convert_from(substring(${column} FROM 3 FOR get_byte(${column}, 1)), 'UTF8')`;

/** No row has this key. */
const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** Sealed texts, wherever they are. */
export const sealedStore = (db: Db) => ({
  /** How many texts are sealed under each key. */
  async uses(columns: readonly SealedColumn[]): Promise<Map<string, number>> {
    const all = columns.map(
      ({ table, column }) =>
        Prisma.sql`SELECT ${keyIdInSql(Prisma.raw(column))} AS key_id FROM ${Prisma.raw(table)}
          WHERE ${Prisma.raw(column)} IS NOT NULL`,
    );
    const rows = await db.$queryRaw<{ keyId: string; count: number }[]>`
      SELECT key_id AS "keyId", count(*)::int AS count FROM (${Prisma.join(all, ' UNION ALL ')}) AS uses
      GROUP BY key_id ORDER BY key_id`;
    return new Map(rows.map(({ keyId, count }) => [keyId, count]));
  },

  /** The next rows that are sealed under another key than `keyId`, in the order of their keys; none is before ''. */
  async others(of: SealedColumn, keyId: string, after: string, limit: number): Promise<SealedRow[]> {
    const [table, column, key, record] = [of.table, of.column, of.key, of.record].map((name) => Prisma.raw(name));
    // By the index of the key: there are as many as users.
    const order = of.keyType === 'uuid' ? Prisma.sql`${key}` : Prisma.sql`${key}::text COLLATE "C"`;
    const isAfter =
      of.keyType === 'uuid'
        ? Prisma.sql`${order} > ${after === '' ? NO_UUID : after}::uuid`
        : Prisma.sql`${order} > ${after}`;
    return db.$queryRaw<SealedRow[]>`
      SELECT ${key}::text AS key, ${record}::text AS "recordId", ${column} AS sealed FROM ${table}
      WHERE ${keyIdInSql(Prisma.raw(of.column))} <> ${keyId} AND ${isAfter}
      ORDER BY ${order} LIMIT ${limit}::int`;
  },

  /** Puts `sealed` in the place of what was read. False when the row changed, or went, in the meantime. */
  async replace(of: SealedColumn, row: SealedRow, sealed: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const [table, column, key, type] = [of.table, of.column, of.key, of.keyType].map((name) => Prisma.raw(name));
    const count = await db.$executeRaw`
      UPDATE ${table} SET ${column} = ${sealed} WHERE ${key} = ${row.key}::${type} AND ${column} = ${row.sealed}`;
    return count === 1;
  },
});

/** A known text under each key that ever sealed in this database. In SQL: each start asks, and Prisma's compiler costs it 0.3 s. */
export const keyChecksStore = (db: Db) => ({
  async list() {
    return db.$queryRaw<{ keyId: string; sealed: Uint8Array<ArrayBuffer> }[]>`
      SELECT key_id AS "keyId", sealed FROM encryption_key_checks ORDER BY key_id`;
  },

  /** Nothing where it is there already: another instance may have written it, with the same key. */
  async save(keyId: string, sealed: Uint8Array<ArrayBuffer>): Promise<void> {
    await db.$executeRaw`
      INSERT INTO encryption_key_checks (key_id, sealed) VALUES (${keyId}, ${sealed}) ON CONFLICT DO NOTHING`;
  },

  async forget(keyIds: readonly string[]): Promise<void> {
    if (keyIds.length === 0) return;
    await db.$executeRaw`DELETE FROM encryption_key_checks WHERE key_id IN ${texts(keyIds)}`;
  },
});

export const signingKeysStore = (db: Db) => ({
  /** Lets nobody else make a key until the end of the transaction. */
  async lock(): Promise<void> {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(${ROTATION_LOCK}::bigint)`;
  },

  /** Newest first. */
  async list() {
    return db.$queryRaw<
      { id: string; publicJwk: Prisma.JsonObject; privateKey: Uint8Array<ArrayBuffer>; createdAt: Date }[]
    >`
      SELECT id, public_jwk AS "publicJwk", private_key AS "privateKey", created_at AS "createdAt"
      FROM signing_keys ORDER BY created_at DESC, id`;
  },

  /** Adds a key; of the others only `replaced` stays. */
  async insert(
    key: { id: string; publicJwk: Prisma.InputJsonObject; privateKey: Uint8Array<ArrayBuffer>; createdAt: Date },
    replaced: string | null,
  ): Promise<void> {
    await db.signingKey.create({ data: key });
    await db.signingKey.deleteMany({ where: { id: { notIn: [key.id, ...(replaced === null ? [] : [replaced])] } } });
  },
});
