import { type Db, isUniqueViolation } from '../../../platform/database/database.ts';

export const domainsStore = (db: Db) => ({
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

  /** `taken` when another organisation was first. In a transaction that dooms the rest of it. */
  async verify(organizationId: string, name: string, now: Date): Promise<'verified' | 'taken' | 'gone'> {
    try {
      const { count } = await db.domain.updateMany({
        where: { organizationId, name, verifiedAt: null },
        data: { verifiedAt: now },
      });
      return count === 1 ? 'verified' : 'gone';
    } catch (error) {
      if (isUniqueViolation(error)) return 'taken';
      throw error;
    }
  },

  async remove(organizationId: string, name: string): Promise<boolean> {
    const { count } = await db.domain.deleteMany({ where: { organizationId, name } });
    return count === 1;
  },
});
