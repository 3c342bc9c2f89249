import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = import.meta.dirname;

/** The room that owns each table (decision 0011): nobody else names it, neither in a call of Prisma nor in SQL. */
const owners: Record<string, string> = {
  organizations: 'features/organizations',
  users: 'features/users',
  local_credentials: 'features/users',
  emailed_tokens: 'features/users',
  enabled_mfa: 'features/mfa',
  totp_authenticators: 'features/mfa',
  totp_candidates: 'features/mfa',
  passkeys: 'features/mfa',
  passkey_challenges: 'features/mfa',
  spent_passkey_challenges: 'features/mfa',
  pending_enrollments: 'features/mfa',
  backup_code_sets: 'features/mfa',
  backup_codes: 'features/mfa',
  reenrollment_passes: 'features/mfa',
  waiting_resets: 'features/mfa',
  recovery_addresses: 'features/mfa',
  sessions: 'features/access',
  refresh_tokens: 'features/access',
  sign_in_challenges: 'features/access',
  known_devices: 'features/access',
  remembered_devices: 'features/access',
  audit_events: 'features/audit',
  audit_chain: 'features/audit',
  audit_leaves: 'features/audit',
  audit_nodes: 'features/audit',
  audit_head: 'features/audit',
  audit_keys: 'features/audit',
  person_keys: 'features/audit',
  dropped_events: 'features/audit',
  service_accounts: 'features/service-accounts',
  domains: 'features/sso/domains',
  sso_connections: 'features/sso/connections',
  sso_connection_changes: 'features/sso/connections',
  sso_connection_domains: 'features/sso/domains',
  federated_identities: 'features/sso/sign-in',
  sso_transactions: 'features/sso/sign-in',
  saml_assertions: 'features/sso/sign-in',
  attempt_counts: 'platform/limits',
  outgoing_mails: 'platform/mail',
  signing_keys: 'platform/crypto',
  encryption_key_checks: 'platform/crypto',
};

interface Model {
  table: string;
  delegate: string;
  /** Fields that lead to other models, with those models' names. */
  relations: [field: string, model: string][];
}

/** What `prisma/schema.prisma` says of tables and of the ways from one to another. */
function readModels(): Map<string, Model> {
  const schema = readFileSync(join(src, '../../../prisma/schema.prisma'), 'utf8');
  const blocks = [...schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)].map(([, name = '', body = '']) => ({ name, body }));
  const names = new Set(blocks.map(({ name }) => name));
  return new Map(
    blocks.map(({ name, body }) => {
      const fields = [...body.matchAll(/^ +(\w+) +(\w+)/gm)].map(([, field = '', type = '']) => [field, type] as const);
      return [
        name,
        {
          table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '',
          delegate: name.charAt(0).toLowerCase() + name.slice(1),
          relations: fields.filter(([, type]) => names.has(type)).map(([field, type]) => [field, type]),
        },
      ];
    }),
  );
}

const models = readModels();

const isStore = (path: string): boolean => /(^|[./])store\.ts$/.test(path);

const withoutComments = (text: string): string => text.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');

const tableOf = (model: string): string => models.get(model)?.table ?? '';

/**
 * The tables that a file names: in SQL, as a delegate of Prisma's client, or through a relation in a query of Prisma,
 * which only stores have.
 */
function namedTables(text: string, path = 'store.ts'): Set<string> {
  const code = withoutComments(text);
  const named = new Set<string>();
  for (const { table, delegate } of models.values()) {
    const inSql = new RegExp(`\\b(FROM|JOIN|UPDATE|INTO|TABLE|USING|TRUNCATE)\\s+(ONLY\\s+)?"?${table}\\b`);
    const inPrisma = new RegExp(`\\.${delegate}\\s*\\.\\s*(find|create|update|upsert|delete|count|aggregate|groupBy)`);
    if (inSql.test(code) || inPrisma.test(code)) named.add(table);
  }
  for (const { relations } of isStore(path) ? models.values() : []) {
    for (const [field, model] of relations) {
      const isQueried = `\\b${field}: (true|null|with\\w+|\\{\\s*(select|include|where|some|none|every|is|isNot|orderBy|create|connect|id|\\w+Id)\\b)`;
      if (new RegExp(isQueried).test(code)) named.add(tableOf(model));
    }
  }
  return named;
}

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .filter((path) => !/^(testing|platform\/database)\//.test(path))
  .sort();

const namedBy = new Map(sources.map((path) => [path, namedTables(readFileSync(join(src, path), 'utf8'), path)]));

describe('the tables', () => {
  it('have an owner each', () => {
    expect(Object.keys(owners).sort()).toEqual([...models.values()].map(({ table }) => table).sort());
  });

  it.each(Object.entries(owners))('%s is named by a store of %s, and by nobody else', (table, owner) => {
    const namers = sources.filter((path) => namedBy.get(path)?.has(table));
    expect(namers.filter((path) => !path.startsWith(`${owner}/`) || !isStore(path))).toEqual([]);
    expect(namers).not.toEqual([]);
  });
});

describe('the reader of the sources', () => {
  it.each([
    ['a statement', 'db.$queryRaw`SELECT 1 FROM sessions s`'],
    ['a join', 'Prisma.sql`LEFT JOIN sessions s ON true`'],
    ['a call of Prisma', 'await db.session.findMany({})'],
    ['a call over two lines', 'await db.session\n  .deleteMany({})'],
    ['a relation', 'include: { sessions: { where: { revokedAt: null } } }'],
    ['a relation taken whole', 'include: { sessions: true }'],
    ['a relation by a constant', 'include: { sessions: withTokens }'],
  ])('finds %s', (_, text) => {
    expect(namedTables(text)).toContain('sessions');
  });

  it('does not take a comment for code', () => {
    expect(namedTables('// FROM sessions\n/* db.session.findMany() */')).toEqual(new Set());
    expect(namedTables('// a remark\nawait db.session.findMany()')).toEqual(new Set(['sessions']));
  });
});
