import {
  DEFAULT_SETTINGS,
  type OrganizationKind,
  type OwnSettings,
  type OwnSignInSettings,
  type PasskeyModels,
} from '@sallyport/core';
import { batches, type Db, isUniqueViolation, Prisma, uuids } from '../../platform/database/database.ts';

/** Joins `o`, the organisation of the user `u`, and `p`, its partner if it has one. */
export const organizationOfUser = Prisma.sql`
  JOIN organizations o ON o.id = u.organization_id
  LEFT JOIN organizations p ON p.id = o.partner_id`;

/** Joins `o`, the organisation that `id` names. */
export const organizationNamed = (id: Prisma.Sql): Prisma.Sql => Prisma.sql`JOIN organizations o ON o.id = ${id}`;

/** The organisation as `organizationColumns` reads it. */
export interface OrganizationColumns {
  organizationId: string;
  organizationSlug: string;
  organizationName: string;
  organizationKind: OrganizationKind;
}

export const organizationColumns = Prisma.sql`
  o.id AS "organizationId", o.slug AS "organizationSlug", o.name AS "organizationName", o.kind AS "organizationKind"`;

/** The settings as `settingsColumns` reads them. */
export type SettingsColumns = OwnSignInSettings;

/** The settings that say what a session opens, as `sessionSettingsColumns` reads them. */
export type SessionSettingsColumns = Pick<
  OwnSignInSettings,
  'localSignInEnabled' | 'minimumPasswordLength' | 'mfaRequired' | 'mfaGraceDays' | 'mfaPhishingResistant'
>;

/** Settings that the organisation `id` would have in place of those it has. */
export type SettingsAfter = { id: string; changes: readonly string[] } & Pick<OwnSettings, PreviewedSetting>;

/** The settings that decide who comes in, and how. */
export const PREVIEWED_SETTINGS = [
  'localSignInEnabled',
  'mfaRequired',
  'mfaGraceDays',
  'mfaPhishingResistant',
  'passwordlessEnabled',
  'rememberedDeviceDays',
  'recoveryDelayHours',
  'passkeyModels',
  'resetNeedsSecondAdmin',
] as const satisfies (keyof OwnSettings)[];
type PreviewedSetting = (typeof PREVIEWED_SETTINGS)[number];

const [own, partner] = [Prisma.sql`o`, Prisma.sql`p`];

/**
 * What `o` or `p` chose.
 *
 * @param column of the setting
 * @param after the organisation that would have another value, which is one of SQL
 */
const choiceOf = (column: Prisma.Sql, after: { id: string; value: Prisma.Sql } | undefined) => (of: Prisma.Sql) =>
  after === undefined
    ? Prisma.sql`${of}.${column}`
    : Prisma.sql`CASE WHEN ${of}.id = ${after.id}::uuid THEN ${after.value} ELSE ${of}.${column} END`;

/**
 * Of whom MFA is required, after how many days, and whether of passkeys alone, by the settings of `o` and `p`: the
 * stricter counts, as `effectiveSettings` has it for those who read both. Null for the defaults.
 *
 * @param after settings of one of the two in place of its own
 */
function mfaRule(after?: SettingsAfter): {
  required: Prisma.Sql;
  graceDays: Prisma.Sql;
  phishingResistant: Prisma.Sql;
} {
  const required = choiceOf(
    Prisma.sql`mfa_required`,
    after && { id: after.id, value: Prisma.sql`${after.mfaRequired}::mfa_requirement` },
  );
  const days = choiceOf(
    Prisma.sql`mfa_grace_days`,
    after && { id: after.id, value: Prisma.sql`${after.mfaGraceDays}::int` },
  );
  const resistant = choiceOf(
    Prisma.sql`mfa_phishing_resistant`,
    after && { id: after.id, value: Prisma.sql`${after.mfaPhishingResistant}::boolean` },
  );
  return {
    required: Prisma.sql`GREATEST(${required(own)}, ${required(partner)})`,
    graceDays: Prisma.sql`
      CASE WHEN (${required(partner)}) > 'nobody'
        THEN LEAST(${days(own)}, COALESCE(${days(partner)}, ${DEFAULT_SETTINGS.mfaGraceDays}::int))
        ELSE COALESCE(${days(own)}, ${days(partner)})
      END`,
    phishingResistant: Prisma.sql`GREATEST(${resistant(own)}, ${resistant(partner)})`,
  };
}

const inForce = mfaRule();

/**
 * For how many days a browser of a user of `o` may stand for the second step: at most as many as at the partner, as
 * `effectiveSettings` has it.
 */
export function rememberedDeviceDays(after?: SettingsAfter): Prisma.Sql {
  const days = choiceOf(
    Prisma.sql`remembered_device_days`,
    after && { id: after.id, value: Prisma.sql`${after.rememberedDeviceDays}::int` },
  );
  const none = Prisma.sql`${DEFAULT_SETTINGS.rememberedDeviceDays}::int`;
  return Prisma.sql`
    COALESCE(
      LEAST(
        COALESCE(${days(own)}, ${days(partner)}),
        CASE WHEN p.id IS NOT NULL THEN COALESCE(${days(partner)}, ${none}) END),
      ${none})`;
}

/** Whether a passkey of a user of `o` signs in alone; null for the default. */
function passwordless(after?: SettingsAfter): Prisma.Sql {
  const enabled = choiceOf(
    Prisma.sql`passwordless_enabled`,
    after && { id: after.id, value: Prisma.sql`${after.passwordlessEnabled}::boolean` },
  );
  return Prisma.sql`LEAST(COALESCE(${enabled(own)}, ${enabled(partner)}), ${enabled(partner)})`;
}

/** How many hours a recovery without an admin waits for a user of `o`; 0: nobody can; null for the default. */
function recoveryHours(after?: SettingsAfter): Prisma.Sql {
  const hours = choiceOf(
    Prisma.sql`recovery_delay_hours`,
    after && { id: after.id, value: Prisma.sql`${after.recoveryDelayHours}::int` },
  );
  return Prisma.sql`
    CASE WHEN 0 IN (${hours(own)}, ${hours(partner)}) THEN 0 ELSE GREATEST(${hours(own)}, ${hours(partner)}) END`;
}

/** Whether passkeys of users of `o` sign in alone, and would not any more. */
export const endsPasswordless = (after: SettingsAfter): Prisma.Sql =>
  Prisma.sql`(COALESCE(${passwordless()}, false) AND NOT COALESCE(${passwordless(after)}, false))`;

/** Whether users of `o` recover without an admin, and would not any more. */
export const endsRecovery = (after: SettingsAfter): Prisma.Sql =>
  Prisma.sql`(COALESCE(${recoveryHours()}, 0) > 0 AND COALESCE(${recoveryHours(after)}, 0) = 0)`;

/** Whether a passkey with this AAGUID, which somebody vouched for or not, could be added in `o`. */
export function takesPasskeyAfter(after: SettingsAfter, aaguid: Prisma.Sql, attested: Prisma.Sql): Prisma.Sql {
  const { id, passkeyModels } = after;
  const json = passkeyModels === null ? null : JSON.stringify(passkeyModels);
  const models = choiceOf(Prisma.sql`passkey_models`, { id, value: Prisma.sql`${json}::jsonb` });
  const model = Prisma.sql`jsonb_build_array(jsonb_build_object('aaguid', ${aaguid}::text))`;
  const isTakenBy = (of: Prisma.Sql) =>
    Prisma.sql`((${models(of)}) IS NULL OR (${attested} AND ((${models(of)}) -> 'models') @> ${model}))`;
  return Prisma.sql`(${isTakenBy(own)} AND ${isTakenBy(partner)})`;
}

/** Whether a reset of the second factor of a user of `o` would need the approval of another admin. */
export function needsSecondAdminAfter({ id, resetNeedsSecondAdmin }: SettingsAfter): Prisma.Sql {
  const needed = choiceOf(Prisma.sql`reset_needs_second_admin`, {
    id,
    value: Prisma.sql`${resetNeedsSecondAdmin}::boolean`,
  });
  return Prisma.sql`COALESCE(GREATEST(${needed(own)}, ${needed(partner)}), false)`;
}

/** Whether the password of a user of `o` would count. */
export const localSignInAfter = ({ id, localSignInEnabled }: SettingsAfter): Prisma.Sql => Prisma.sql`
  COALESCE(
    CASE WHEN o.id = ${id}::uuid THEN ${localSignInEnabled}::boolean ELSE o.local_sign_in_enabled END,
    CASE WHEN p.id = ${id}::uuid THEN ${localSignInEnabled}::boolean ELSE p.local_sign_in_enabled END, true)`;

/** Whether MFA would be required of the user `u` of `o`; as `mfaDemand` has it. */
export const mfaRequiredAfter = (after: SettingsAfter): Prisma.Sql => {
  const required = Prisma.sql`COALESCE(${mfaRule(after).required}, 'nobody')`;
  return Prisma.sql`(${required} = 'everybody' OR (${required} = 'admins' AND u.role = 'admin'))`;
};

/** Whether, where MFA would be required of the user `u` of `o`, a passkey alone would do. */
export const phishingResistantAfter = (after: SettingsAfter): Prisma.Sql =>
  Prisma.sql`COALESCE(${mfaRule(after).phishingResistant}, false)`;

/** How many days the user `u` of `o` would have. */
export const mfaGraceDaysAfter = (after: SettingsAfter): Prisma.Sql =>
  Prisma.sql`COALESCE(${mfaRule(after).graceDays}, ${DEFAULT_SETTINGS.mfaGraceDays}::int)`;

/** The name of the organisation that requires MFA, where one does: its own, unless the partner requires more: passkeys above all. */
export const mfaAskedBy = Prisma.sql`
  CASE WHEN o.mfa_phishing_resistant AND p.mfa_phishing_resistant IS NOT TRUE THEN o.name
    WHEN p.mfa_phishing_resistant AND o.mfa_phishing_resistant IS NOT TRUE THEN p.name
    WHEN p.mfa_required > COALESCE(o.mfa_required, 'nobody') THEN p.name
    ELSE o.name END AS "mfaAskedBy"`;

/** As `settingsColumns`, of what every request of a session is judged by. */
export const sessionSettingsColumns = Prisma.sql`
  COALESCE(o.local_sign_in_enabled, p.local_sign_in_enabled) AS "localSignInEnabled",
  COALESCE(o.minimum_password_length, p.minimum_password_length) AS "minimumPasswordLength",
  ${inForce.required} AS "mfaRequired", ${inForce.graceDays} AS "mfaGraceDays",
  ${inForce.phishingResistant} AS "mfaPhishingResistant"`;

/** The organisation's own settings, else its partner's; the product's defaults are applied by the service. */
export const settingsColumns = Prisma.sql`
  ${sessionSettingsColumns},
  COALESCE(o.session_lifetime_minutes, p.session_lifetime_minutes) AS "sessionLifetimeMinutes",
  COALESCE(o.session_idle_minutes, p.session_idle_minutes) AS "sessionIdleMinutes",
  COALESCE(o.audit_retention_days, p.audit_retention_days) AS "auditRetentionDays",
  ${rememberedDeviceDays()} AS "rememberedDeviceDays",
  ${passwordless()} AS "passwordlessEnabled",
  (o.reenrollment_pass OR p.reenrollment_pass) AS "reenrollmentPass",
  GREATEST(o.reset_delay_hours, p.reset_delay_hours) AS "resetDelayHours",
  (o.reset_needs_second_admin OR p.reset_needs_second_admin) AS "resetNeedsSecondAdmin",
  ${recoveryHours()} AS "recoveryDelayHours"`;

export const localSignInAllowed = Prisma.sql`COALESCE(o.local_sign_in_enabled, p.local_sign_in_enabled, true)`;

/** Whether `o` is the organisation `own` or a customer under it: what its admins manage (SEC-40). */
export const within = (own: string): Prisma.Sql => Prisma.sql`(o.id = ${own}::uuid OR o.partner_id = ${own}::uuid)`;

/** The organisation whose admins ask. */
export interface Scope {
  id: string;
  kind: OrganizationKind;
}

/**
 * `within` for lists: whether the row with the alias `row`, of a table with `family_id`, is of the organisation or of a
 * customer under it. One comparison, so that an index holds the rows in the order of the list.
 */
export const ofScope = ({ id, kind }: Scope, row: Prisma.Sql): Prisma.Sql =>
  kind === 'partner' ? Prisma.sql`${row}.family_id = ${id}::uuid` : Prisma.sql`${row}.organization_id = ${id}::uuid`;

/** Holds the organisation that `id` names until the end of the transaction, if it is `own` or a customer under it. */
export const lockWithin = (own: string, id: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT 1 FROM organizations o WHERE o.id = ${id} AND ${within(own)} FOR NO KEY UPDATE`;

/** The ids of the organisation `own` and of the customers under it. */
export const familyOf = (own: string): Prisma.Sql =>
  Prisma.sql`(SELECT o.id FROM organizations o WHERE ${within(own)})`;

/** The id of the family of an organisation: of its partner, or its own. */
export const familyIdOf = (id: string): Prisma.Sql =>
  Prisma.sql`(SELECT COALESCE(o.partner_id, o.id) FROM organizations o WHERE o.id = ${id}::uuid)`;

export interface OrganizationRow {
  id: string;
  slug: string;
  name: string;
  kind: OrganizationKind;
  partnerId: string | null;
  createdAt: Date;
}

export type HeldOrganization = Pick<OrganizationRow, 'id' | 'slug' | 'name'>;

export interface NewOrganizationRow extends Partial<OwnSettings> {
  id: string;
  slug: string;
  name: string;
  kind: OrganizationKind;
  partnerId: string | null;
}

/** The row as it is kept: a setting in JSON that follows is NULL, and not the null of JSON. */
const kept = <Row extends Partial<OwnSettings>>({ passkeyModels, ...row }: Row) => ({
  ...row,
  ...(passkeyModels !== undefined && { passkeyModels: asJson(passkeyModels) }),
});

const asJson = (models: PasskeyModels | null): Prisma.InputJsonObject | typeof Prisma.DbNull =>
  models === null
    ? Prisma.DbNull
    : { models: models.models.map(({ aaguid, name }) => ({ aaguid, name })), roots: models.roots };

/** The row with its setting in JSON, which nobody but `kept` writes. */
const read = <Row extends { passkeyModels: unknown }>(row: Row) => ({
  ...row,
  passkeyModels: row.passkeyModels as PasskeyModels | null,
});

const readBoth = <Row extends { passkeyModels: unknown; partner: { passkeyModels: unknown } | null }>(row: Row) => ({
  ...read(row),
  partner: row.partner && read(row.partner as NonNullable<Row['partner']>),
});

/** `within` for queries of Prisma. */
const isWithin = (own: string) => ({ OR: [{ id: own }, { partnerId: own }] });

/** The slug of the organisation that `id` names, as a value of a larger statement. */
export const slugOf = (id: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT o.slug FROM organizations o WHERE o.id = ${id})`;

export const organizationsStore = (db: Db) => ({
  /** In the order of their slugs, which are unique. */
  async page({ id, kind }: Scope, after: string | null, limit: number) {
    const isInScope =
      kind === 'partner' ? Prisma.sql`COALESCE(o.partner_id, o.id) = ${id}::uuid` : Prisma.sql`o.id = ${id}::uuid`;
    const isAfter = after === null ? Prisma.empty : Prisma.sql`AND o.slug > ${after}`;
    return db.$queryRaw<OrganizationRow[]>`
      SELECT o.id, o.slug, o.name, o.kind, o.partner_id AS "partnerId", o.created_at AS "createdAt"
      FROM organizations o WHERE ${isInScope} ${isAfter} ORDER BY o.slug LIMIT ${limit}`;
  },

  async find(own: string, id: string) {
    const row = await db.organization.findFirst({ where: { id, ...isWithin(own) }, include: { partner: true } });
    return row && readBoth(row);
  },

  /** Whatever the scope: for the operator. */
  async findBySlug(slug: string) {
    return db.organization.findUnique({ where: { slug } });
  },

  /** Whatever the scope: for the operator's files. */
  async listBySlugs(slugs: readonly string[]) {
    const rows = [];
    for (const some of batches(slugs)) {
      rows.push(...(await db.organization.findMany({ where: { slug: { in: some } }, include: { partner: true } })));
    }
    return rows.map(readBoth);
  },

  /** Of all, whatever the scope: for a chore. */
  async ids(): Promise<string[]> {
    const rows = await db.$queryRaw<{ id: string }[]>`SELECT id FROM organizations`;
    return rows.map(({ id }) => id);
  },

  /** Whether any organisation lets passkeys sign in alone. */
  async hasPasswordless(): Promise<boolean> {
    return (await db.$queryRaw<unknown[]>`SELECT 1 FROM organizations WHERE passwordless_enabled LIMIT 1`).length === 1;
  },

  async isEmpty(): Promise<boolean> {
    return (await db.$queryRaw<unknown[]>`SELECT 1 FROM organizations LIMIT 1`).length === 0;
  },

  /** Whatever the scope: for rules, not for answers. */
  async findAny(id: string) {
    const row = await db.organization.findUnique({ where: { id }, include: { partner: true } });
    return row && readBoth(row);
  },

  /** False when the slug is taken. */
  async insertUnlessTaken(row: NewOrganizationRow, now: Date): Promise<boolean> {
    const { count } = await db.organization.createMany({
      data: { ...kept(row), createdAt: now, updatedAt: now },
      skipDuplicates: true,
    });
    return count === 1;
  },

  /** @param rows a partner before its customers */
  async insertMany(rows: readonly NewOrganizationRow[], now: Date): Promise<void> {
    for (const some of batches(rows)) {
      await db.organization.createMany({ data: some.map((row) => ({ ...kept(row), createdAt: now, updatedAt: now })) });
    }
  },

  async update(
    id: string,
    changes: { name?: string; slug?: string } & Partial<OwnSettings>,
    now: Date,
  ): Promise<'updated' | 'slug_taken'> {
    try {
      await db.organization.update({ where: { id }, data: { ...kept(changes), updatedAt: now } });
      return 'updated';
    } catch (error) {
      if (isUniqueViolation(error)) return 'slug_taken';
      throw error;
    }
  },

  /**
   * Makes changes to the settings of one partner and its customers wait for each other until the end of the
   * transaction: what is in force in one depends on the other.
   */
  async lockFamily(own: string, id: string): Promise<void> {
    await db.$queryRaw`
      SELECT 1 FROM organizations
      WHERE id = (
        SELECT COALESCE(partner_id, id) FROM organizations
        WHERE id = ${id}::uuid AND id IN ${familyOf(own)}
      )
      FOR NO KEY UPDATE`;
  },

  /**
   * Holds the organisation and its customers until the end of the transaction: nobody adds to them meanwhile. Whatever
   * the scope, for tests.
   *
   * @returns customers before their partner; none where there is no such slug
   */
  async lockToRemove(slug: string): Promise<HeldOrganization[]> {
    const [above] = await db.$queryRaw<HeldOrganization[]>`
      SELECT id, slug, name FROM organizations WHERE slug = ${slug} FOR UPDATE`;
    if (!above) return [];
    // Now nobody adds a customer.
    const customers = await db.$queryRaw<HeldOrganization[]>`
      SELECT id, slug, name FROM organizations WHERE partner_id = ${above.id}::uuid ORDER BY id FOR UPDATE`;
    return [...customers, above];
  },

  /** The slugs of the organisations `ids`, each customer's partner in its place, once each. */
  async tenantsOf(ids: readonly string[]): Promise<string[]> {
    const rows = await db.$queryRaw<{ slug: string }[]>`
      SELECT DISTINCT COALESCE(p.slug, o.slug) AS slug
      FROM organizations o LEFT JOIN organizations p ON p.id = o.partner_id
      WHERE o.id IN ${uuids(ids)} ORDER BY slug`;
    return rows.map(({ slug }) => slug);
  },

  /** Deletes organisations without users, with all else that hangs on them. @param ids customers before their partner */
  async delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) await db.$executeRaw`DELETE FROM organizations WHERE id = ${id}::uuid`;
  },

  /** The ids of the customers of the partner `id`. */
  async customersOf(id: string): Promise<string[]> {
    const rows = await db.organization.findMany({ where: { partnerId: id }, select: { id: true } });
    return rows.map((row) => row.id);
  },

  /** The customers that take their local sign-in from the partner `id`, in the order of their names. */
  async followersOfLocalSignIn(id: string): Promise<{ id: string; slug: string; name: string }[]> {
    return db.organization.findMany({
      where: { partnerId: id, localSignInEnabled: null },
      select: { id: true, slug: true, name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
  },

  /** Lets the organisations follow nobody in their local sign-in. */
  async setLocalSignIn(ids: readonly string[], localSignInEnabled: boolean, now: Date): Promise<void> {
    for (const some of batches(ids)) {
      await db.organization.updateMany({ where: { id: { in: some } }, data: { localSignInEnabled, updatedAt: now } });
    }
  },
});
