import type pg from 'pg';

export interface Size {
  users: number;
  events: number;
}

/** Users of one organisation; the others of a partner make its family. */
const USERS_EACH = 500;
/** Customers under one partner at most: half a million users in one family. */
const CUSTOMERS_EACH = 1000;

const RARE_EVENTS = 200;

/** Names of some length, so that each part of one is found in some users and not in most. */
const NAMES = `
  SELECT i,
    (ARRAY['Ada','Bela','Cleo','Dora','Emil','Fritz','Greta','Hugo','Ilse','Jonas','Klara','Lars','Mona','Nils','Olga','Paul'])
      [1 + i % 16] || ' ' || initcap(substr(translate(md5('n' || i), '0123456789', 'ghijklmnop'), 1, 9)) AS name
  FROM generate_series(1, $1::int) AS i`;

/**
 * Fills an empty, migrated database with `size`, by statements over whole sets: partners with customers, users of whom
 * each has a password, some sessions, every tenth MFA, and a year of audit events. What is drawn depends on the numbers
 * alone, so that two databases of one size are alike.
 *
 * @param passwordHash PHC string that everybody has
 */
export async function populate(client: pg.Client, { users, events }: Size, passwordHash: string): Promise<void> {
  const customers = Math.ceil(users / USERS_EACH);
  // As many of a rare kind whatever the size: pages of them are of one length.
  const rare = Math.max(1, Math.floor(events / RARE_EVENTS));
  const partners = Math.ceil(customers / CUSTOMERS_EACH);
  const uuid = (kind: string, number: string): string => `md5('${kind}' || ${number})::uuid`;
  const run = async (text: string, ...values: unknown[]): Promise<void> => void (await client.query(text, values));

  await run('SET synchronous_commit = off');
  // No triggers: foreign keys are true anyway, and what a row is to know of its family stands below.
  await run('SET session_replication_role = replica');
  await run(
    `INSERT INTO organizations (id, slug, name, kind, partner_id, created_at, updated_at)
     SELECT ${uuid('partner', 'i')}, 'partner-' || i, 'Partner ' || i, 'partner', NULL, now(), now()
       FROM generate_series(1, $1::int) AS i`,
    partners,
  );
  await run(
    `INSERT INTO organizations (id, slug, name, kind, partner_id, created_at, updated_at)
     SELECT ${uuid('customer', 'i')}, 'customer-' || i, 'Customer ' || i, 'customer',
       ${uuid('partner', `(1 + (i - 1) / ${CUSTOMERS_EACH})`)}, now(), now()
       FROM generate_series(1, $1::int) AS i`,
    customers,
  );
  await run(
    `INSERT INTO users (id, organization_id, family_id, email, name, role, access, status, last_sign_in_at, created_at, updated_at)
     SELECT ${uuid('user', 'i')},
       CASE WHEN i <= ${partners} THEN ${uuid('partner', 'i')} ELSE ${uuid('customer', `(1 + (i - 1) / ${USERS_EACH})`)} END,
       CASE WHEN i <= ${partners} THEN ${uuid('partner', 'i')}
         ELSE ${uuid('partner', `(1 + (i - 1) / ${USERS_EACH * CUSTOMERS_EACH})`)} END,
       'user-' || i || '@' || lower(replace(name, ' ', '.')) || '.example', name,
       CASE WHEN i <= ${partners} OR i % ${USERS_EACH} = 0 THEN 'admin' ELSE 'member' END::role,
       CASE WHEN i <= ${partners} OR i % ${USERS_EACH} = 0 THEN 'read_write' ELSE 'read_only' END::access,
       'active', now() - i * interval '1 second', now() - interval '1 year', now()
     FROM (${NAMES}) AS named`,
    users,
  );
  await run(
    `INSERT INTO local_credentials (user_id, password_hash, changed_at) SELECT id, $1, now() - interval '1 year' FROM users`,
    passwordHash,
  );
  await run(
    `INSERT INTO sessions (id, user_id, method, aal, created_at, last_seen_at, expires_at, idle_seconds, user_agent, address)
     SELECT ${uuid('session', 'i')}, ${uuid('user', 'i')}, 'password', 1, now(), now(), now() + interval '12 hours', 43200,
       'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', '192.0.2.' || i % 256
     FROM generate_series(1, $1::int, 5) AS i`,
    users,
  );
  await run(
    `INSERT INTO refresh_tokens (hash, session_id, created_at, used_at)
     SELECT sha256(convert_to(id::text || n, 'UTF8')), id, now(), CASE WHEN n < 3 THEN now() END
     FROM sessions, generate_series(1, 3) AS n`,
  );
  await run(
    `INSERT INTO known_devices (id, user_id, token_hash, last_used_at)
     SELECT ${uuid('device', 'i')}, ${uuid('user', 'i')}, sha256(convert_to('device' || i, 'UTF8')), now()
     FROM generate_series(1, $1::int, 2) AS i`,
    users,
  );
  await run(
    `INSERT INTO attempt_counts (key, failures, day_started_at, day_failures, updated_at)
     SELECT 'bench:' || i, 1, now(), 1, now() FROM generate_series(1, $1::int, 10) AS i`,
    users,
  );
  for (const [table, columns, values] of [
    ['enabled_mfa', 'user_id, revision, enabled_at', `${uuid('user', 'i')}, ${uuid('revision', 'i')}, now()`],
    [
      'totp_authenticators',
      'user_id, id, secret, last_step, enrolled_at',
      `${uuid('user', 'i')}, ${uuid('totp', 'i')}, sha256(convert_to('totp' || i, 'UTF8')), 0, now()`,
    ],
    [
      'backup_code_sets',
      'user_id, salt, created_at',
      `${uuid('user', 'i')}, sha256(convert_to('salt' || i, 'UTF8')), now()`,
    ],
  ]) {
    await run(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(7, $1::int, 10) AS i`, users);
  }
  await run(
    `INSERT INTO backup_codes (user_id, hash)
     SELECT user_id, sha256(convert_to(user_id::text || n, 'UTF8')) FROM backup_code_sets, generate_series(1, 10) AS n`,
  );
  await run(
    `INSERT INTO audit_events (id, occurred_at, action, outcome, actor_id, actor_name, organization_id, family_id, address, user_agent,
       request_id, details)
     SELECT ${uuid('event', 'e')}, now() - interval '1 year' + (e::float8 / $2) * interval '1 year',
       CASE WHEN e % ${rare} = 0 THEN 'mfa.reset' WHEN e % 20 = 0 THEN 'user.updated' ELSE 'session.signed_in' END, 'success',
       u.id, u.email, u.organization_id, u.family_id, '192.0.2.' || e % 256, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
       ${uuid('request', 'e')}::text, '{}'
     FROM generate_series(1, $2::int) AS e JOIN users u ON u.id = ${uuid('user', '(1 + (e::bigint * 7919) % $1)')}`,
    users,
    events,
  );
  await run('SET session_replication_role = origin');
  await run('VACUUM ANALYZE');
}
