import type { SsoMfaPolicy, SsoProvisioning } from '@sallyport/core';
import { type Db, Prisma } from '../../../platform/database/database.ts';
import { slugOf } from '../../organizations/store.ts';
import { type ConnectionDomain, connectionsOfDomain, domainsStore, takesAddressOfUser } from '../domains/store.ts';
import type { Federation } from '../protocols/identity.ts';
import type { Provider } from '../protocols/schemas.ts';
import { changeContext, connectionContext, sealedSecrets } from '../secrets.ts';
import type { Failure, TestResult } from './schemas.ts';

export const sealedConnections = sealedSecrets('sso_connections', connectionContext);
export const sealedChanges = sealedSecrets('sso_connection_changes', changeContext);

/** A configuration with its secrets that waits for a test; the kind is that of the connection. */
interface StagedChange {
  id: string;
  config: Provider['config'];
  /** Sealed. */
  secrets: Uint8Array<ArrayBuffer>;
  createdAt: Date;
  /** Address of the admin. */
  createdBy: string;
}

interface Columns {
  id: string;
  organizationId: string;
  name: string;
  enabled: boolean;
  provisioning: SsoProvisioning;
  mfaPolicy: SsoMfaPolicy;
  /** Sealed. */
  secrets: Uint8Array<ArrayBuffer>;
}

/** A connection with its domains, as admins see it and sign-ins use it. */
export type ConnectionRow = Provider &
  Columns & {
    version: number;
    /** What waits for its test. */
    change: StagedChange | null;
    /** The change whose configuration and secrets stand here in the place of the connection's own; see `asChanged`. */
    changeId: string | null;
    lastSignInAt: Date | null;
    lastFailure: StoredFailure | null;
    lastTest: StoredTest | null;
    createdAt: Date;
    updatedAt: Date;
    domains: ConnectionDomain[];
  };

/** @property at RFC 3339 */
type StoredFailure = Omit<Failure, 'at'> & { at: string };

/** What the last try of a connection showed. */
export interface StoredTest extends Omit<TestResult, 'at' | 'current' | 'ofChange' | 'applied'> {
  /** RFC 3339. */
  at: string;
  /** Version of the connection that was tried. */
  version: number;
  /** The change of it that was tried and still waits. */
  changeId?: string | null;
  /** What was tried was a change, which took effect. */
  applied?: boolean;
  federation: Federation | null;
}

type NewConnectionRow = Provider & Columns & { now: Date };

/** What can be changed of a connection. */
export type RowChanges = Partial<Pick<NewConnectionRow, 'config' | keyof Omit<Columns, 'id' | 'organizationId'>>>;

// The columns hold what this feature wrote, checked on the way in.
const rowOf = (row: Prisma.SsoConnectionGetPayload<{ include: { change: true } }>, domains: ConnectionDomain[]) =>
  ({ ...row, domains, changeId: null }) as unknown as ConnectionRow;

/** The connection as it will be once the change that waits takes effect; as it is where none does. */
export function asChanged(row: ConnectionRow): ConnectionRow {
  if (row.change === null) return row;
  const { id: changeId, config, secrets } = row.change;
  return { ...row, config, secrets, changeId } as ConnectionRow;
}

/** Names the connection with its change: another admin changed neither while it is the same. */
export const stateOf = ({ version, change }: Pick<ConnectionRow, 'version' | 'change'>): string =>
  change === null ? String(version) : `${version}.${change.id}`;

/** Names the configuration in the row: of another one nothing that was kept is of use. */
export const configurationOf = ({ version, changeId }: Pick<ConnectionRow, 'version' | 'changeId'>): string =>
  changeId ?? String(version);

/** Those whose addresses it may speak for. */
export const verifiedDomainsOf = ({ domains }: Pick<ConnectionRow, 'domains'>): string[] =>
  domains.filter(({ verified }) => verified).map(({ name }) => name);

const json = (value: object) => value as unknown as Prisma.InputJsonObject;

/** Joins `c`, the connection of the identity `i`. */
export const connectionOfIdentity = Prisma.sql`JOIN sso_connections c ON c.id = i.connection_id`;

/** Whether the connection `c` is enabled and let somebody in; what it was changed to since was tested. */
export const isWorking = Prisma.sql`(c.enabled AND c.last_sign_in_at IS NOT NULL)`;

/** The same for queries of Prisma. */
const working = { enabled: true, lastSignInAt: { not: null } } as const;

/** Whether the organisation of the user `u` has a connection that works. */
export const hasWorkingConnection = Prisma.sql`EXISTS (
  SELECT 1 FROM sso_connections c WHERE c.organization_id = u.organization_id AND ${isWorking})`;

/** Whether it has one that finds the user `u` by its address: it is told addresses, and takes those of the domain. */
export const hasConnectionForAddress = Prisma.sql`EXISTS (
  SELECT 1 FROM sso_connections c WHERE c.organization_id = u.organization_id AND ${isWorking} AND ${takesAddressOfUser}
    AND (c.kind <> 'saml' OR c.config #>> '{attributes,email}' IS NOT NULL OR c.config #>> '{subject,format}' = 'email_address'))`;

export const connectionSummary = Prisma.sql`
  jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'enabled', c.enabled) AS connection`;

/** What `connectionSummary` reads. */
export type ConnectionSummary = Pick<ConnectionRow, 'id' | 'name' | 'kind' | 'enabled'>;

export const connectionsStore = (db: Db) => ({
  async list(organizationId: string): Promise<ConnectionRow[]> {
    const rows = await db.ssoConnection.findMany({
      where: { organizationId },
      orderBy: { id: 'asc' },
      include: { change: true },
    });
    const domains = await domainsStore(db).ofConnections(rows.map(({ id }) => id));
    return rows.map((row) => rowOf(row, domains.get(row.id) ?? []));
  },

  /** Whatever the scope: for the operator. */
  async listEnabled(): Promise<(Provider & { organization: string; name: string })[]> {
    return db.$queryRaw`
      SELECT c.kind::text, c.config, c.name, ${slugOf(Prisma.sql`c.organization_id`)} AS organization
      FROM sso_connections c WHERE c.enabled ORDER BY c.id`;
  },

  async find(id: string, organizationId?: string): Promise<ConnectionRow | null> {
    const row = await db.ssoConnection.findUnique({
      where: { id, ...(organizationId === undefined ? {} : { organizationId }) },
      include: { change: true },
    });
    return row && rowOf(row, (await domainsStore(db).ofConnections([id])).get(id) ?? []);
  },

  /** Lets no other change of the connection pass until the end of the transaction. */
  async lockForChange(id: string): Promise<void> {
    await db.$queryRaw`SELECT 1 FROM sso_connections WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  },

  /**
   * Whether the connection is as it was when the attempt began; and keeps it so until the end of the transaction, so
   * that who disables it meets the session that is being opened.
   *
   * @param alone as a sign-in has to that will note its success: of two that hold the row together neither could
   */
  async holdUnchanged(id: string, version: number, { alone = false } = {}): Promise<boolean> {
    const lock = alone ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.sql`FOR SHARE`;
    const rows = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM sso_connections WHERE id = ${id}::uuid AND version = ${version}::int ${lock}`;
    return rows.length === 1;
  },

  /** False where there is one with the id. */
  async insertUnlessMade({ now, config, ...row }: NewConnectionRow): Promise<boolean> {
    const { count } = await db.ssoConnection.createMany({
      data: { ...row, config: json(config), createdAt: now, updatedAt: now },
      skipDuplicates: true,
    });
    return count === 1;
  },

  /** @param proved whether a test showed that the new configuration works; else it has to prove that again */
  async update(id: string, changes: RowChanges, now: Date, { proved = false } = {}): Promise<void> {
    const { config, ...rest } = changes;
    const reconfigured = config !== undefined || changes.secrets !== undefined;
    await db.ssoConnection.update({
      where: { id },
      data: {
        ...rest,
        ...(config === undefined ? {} : { config: json(config) }),
        ...(reconfigured ? { lastFailure: Prisma.DbNull } : {}),
        ...(reconfigured && !proved ? { lastSignInAt: null } : {}),
        version: { increment: 1 },
        updatedAt: now,
      },
    });
  },

  async delete(id: string): Promise<void> {
    await db.ssoConnection.delete({ where: { id } });
  },

  /** Lets the change wait in the place of another one. */
  async stage(connectionId: string, { config, ...change }: StagedChange): Promise<void> {
    await db.ssoConnectionChange.deleteMany({ where: { connectionId } });
    await db.ssoConnectionChange.create({ data: { ...change, connectionId, config: json(config) } });
  },

  /** False when none waited. */
  async dropChange(connectionId: string): Promise<boolean> {
    return (await db.ssoConnectionChange.deleteMany({ where: { connectionId } })).count === 1;
  },

  /**
   * Notes a success, at most once a minute unless it tells something new.
   *
   * @param wait false where others may hold the row as well: then the next success is noted instead
   */
  async noteSignIn(id: string, now: Date, { wait }: { wait: boolean }): Promise<void> {
    await db.$executeRaw`
      UPDATE sso_connections SET last_sign_in_at = ${now}::timestamptz, last_failure = NULL
      WHERE id = (
        SELECT id FROM sso_connections WHERE id = ${id}::uuid AND (
          last_sign_in_at IS NULL OR last_failure IS NOT NULL
          OR last_sign_in_at < ${now}::timestamptz - interval '1 minute')
        FOR NO KEY UPDATE ${wait ? Prisma.empty : Prisma.sql`SKIP LOCKED`})`;
  },

  async noteFailure(id: string, failure: StoredFailure): Promise<void> {
    await db.ssoConnection.updateMany({ where: { id }, data: { lastFailure: json(failure) } });
  },

  async noteTest(id: string, test: StoredTest): Promise<void> {
    await db.ssoConnection.updateMany({ where: { id }, data: { lastTest: json(test) } });
  },

  /** Whether a connection of the organisation works, and one with a verified domain. */
  async waysIn(organizationId: string): Promise<{ working: boolean; withDomain: boolean }> {
    const rows = await db.ssoConnection.findMany({
      where: { organizationId, ...working },
      select: { id: true },
    });
    const domains = await domainsStore(db).ofConnections(rows.map(({ id }) => id));
    const verified = [...domains.values()].flat().filter((domain) => domain.verified);
    return { working: rows.length > 0, withDomain: verified.length > 0 };
  },

  /** Whether it is enabled and let somebody in. */
  async isWorking(id: string): Promise<boolean> {
    return (await db.ssoConnection.count({ where: { id, ...working } })) === 1;
  },

  /** Those of the organisations that have a connection that works. */
  async withWorking(organizationIds: readonly string[]): Promise<Set<string>> {
    const rows = await db.ssoConnection.findMany({
      where: { organizationId: { in: [...organizationIds] }, ...working },
      select: { organizationId: true },
      distinct: ['organizationId'],
    });
    return new Set(rows.map(({ organizationId }) => organizationId));
  },

  /** The enabled connections that take the addresses of a verified domain. */
  async ofDomain(name: string) {
    return db.$queryRaw<Pick<ConnectionRow, 'id' | 'name' | 'kind'>[]>`
      SELECT id, name, kind FROM sso_connections WHERE enabled AND id IN ${connectionsOfDomain(name)} ORDER BY id`;
  },

  async ofOrganization(organizationId: string) {
    return db.ssoConnection.findMany({
      where: { organizationId, enabled: true },
      select: { id: true, name: true, kind: true },
      orderBy: { id: 'asc' },
    });
  },
});
