import { batches, type Db, isUniqueViolation, Prisma } from '../../../platform/database/database.ts';
import { domainOfUser } from '../../users/credentials.store.ts';

/** The ids of the connections that take the addresses of this domain, which is verified. */
export const connectionsOfDomain = (name: string): Prisma.Sql => Prisma.sql`(
  SELECT cd.connection_id FROM sso_connection_domains cd
  JOIN domains d ON d.organization_id = cd.organization_id AND d.name = cd.domain_name
  WHERE d.name = ${name} AND d.verified_at IS NOT NULL)`;

/** Whether the connection `c` takes the address of the user `u`, whose domain is verified. */
export const takesAddressOfUser = Prisma.sql`EXISTS (
  SELECT 1 FROM sso_connection_domains cd
  JOIN domains d ON d.organization_id = cd.organization_id AND d.name = cd.domain_name
  WHERE cd.connection_id = c.id AND d.name = ${domainOfUser} AND d.verified_at IS NOT NULL)`;

/** A domain of a connection. */
export interface ConnectionDomain {
  name: string;
  verified: boolean;
  /** Since when its DNS record is gone. */
  missingSince: Date | null;
}

export const domainsStore = (db: Db) => ({
  /** The domains of each of these connections, by its id, in the order of their names. */
  async ofConnections(connectionIds: readonly string[]): Promise<Map<string, ConnectionDomain[]>> {
    const rows = await db.ssoConnectionDomain.findMany({
      where: { connectionId: { in: [...connectionIds] } },
      select: { connectionId: true, domainName: true, domain: { select: { verifiedAt: true, missingSince: true } } },
      orderBy: { domainName: 'asc' },
    });
    const domains = new Map<string, ConnectionDomain[]>(connectionIds.map((id) => [id, []]));
    for (const { connectionId, domainName: name, domain } of rows) {
      domains
        .get(connectionId)
        ?.push({ name, verified: domain.verifiedAt !== null, missingSince: domain.missingSince });
    }
    return domains;
  },

  /** @param names domains that the organisation claims already */
  async assign(connectionId: string, organizationId: string, names: readonly string[]): Promise<void> {
    await db.ssoConnectionDomain.deleteMany({ where: { connectionId, domainName: { notIn: [...names] } } });
    await db.ssoConnectionDomain.createMany({
      data: names.map((domainName) => ({ connectionId, organizationId, domainName })),
      skipDuplicates: true,
    });
  },

  async list(organizationId: string) {
    return db.domain.findMany({ where: { organizationId }, orderBy: { name: 'asc' } });
  },

  async find(organizationId: string, name: string) {
    return db.domain.findUnique({ where: { organizationId_name: { organizationId, name } } });
  },

  /** Claims the domains that the organisation has not claimed yet, and names them. */
  async claim(organizationId: string, names: readonly string[]): Promise<string[]> {
    const rows = await db.domain.createManyAndReturn({
      data: names.map((name) => ({ organizationId, name })),
      skipDuplicates: true,
      select: { name: true },
    });
    return rows.map(({ name }) => name);
  },

  /** The organisation that proved the domain. */
  async ownerOf(name: string): Promise<string | null> {
    const found = await db.domain.findFirst({
      where: { name, verifiedAt: { not: null } },
      select: { organizationId: true },
    });
    return found?.organizationId ?? null;
  },

  /** Who proved which of these domains, by name. */
  async ownersOf(names: readonly string[]): Promise<Map<string, { organizationId: string }>> {
    const owners = new Map<string, { organizationId: string }>();
    for (const some of batches(names)) {
      const rows = await db.domain.findMany({ where: { name: { in: some }, verifiedAt: { not: null } } });
      for (const { name, organizationId } of rows) owners.set(name, { organizationId });
    }
    return owners;
  },

  /** Claims the domains that are not claimed yet, and verifies all of them. */
  async verifyMany(domains: readonly { name: string; organizationId: string }[], now: Date): Promise<void> {
    for (const some of batches(domains)) {
      await db.domain.createMany({ data: some, skipDuplicates: true });
      await db.domain.updateMany({
        where: { OR: some.map(({ name, organizationId }) => ({ name, organizationId })), verifiedAt: null },
        data: { verifiedAt: now },
      });
    }
  },

  /** `taken` when another organisation was first. In a transaction that dooms the rest of it. */
  async verify(organizationId: string, name: string, now: Date): Promise<'verified' | 'taken' | 'gone'> {
    try {
      const { count } = await db.domain.updateMany({
        where: { organizationId, name, verifiedAt: null },
        data: { verifiedAt: now, checkedAt: now },
      });
      return count === 1 ? 'verified' : 'gone';
    } catch (error) {
      if (isUniqueViolation(error)) return 'taken';
      throw error;
    }
  },

  /** Domains whose record was found once, and was not looked for since: those that wait longest. */
  async listUnchecked(since: Date, limit: number) {
    const where = { verifiedAt: { not: null }, checkedAt: { lt: since } };
    return db.domain.findMany({ where, orderBy: { checkedAt: 'asc' }, take: limit });
  },

  /** Notes what came of the look. False when the domain was removed, or proved again, since it was read. */
  async noteCheck(
    { organizationId, name, checkedAt }: { organizationId: string; name: string; checkedAt: Date | null },
    outcome: { checkedAt: Date | null; missingSince: Date | null; verifiedAt?: Date | null },
  ): Promise<boolean> {
    const { count } = await db.domain.updateMany({ where: { organizationId, name, checkedAt }, data: outcome });
    return count === 1;
  },

  async remove(organizationId: string, name: string): Promise<boolean> {
    const { count } = await db.domain.deleteMany({ where: { organizationId, name } });
    return count === 1;
  },
});
