-- CreateEnum
CREATE TYPE "organization_kind" AS ENUM ('partner', 'customer');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'member');

-- CreateEnum
CREATE TYPE "access" AS ENUM ('read_write', 'read_only');

-- CreateEnum
CREATE TYPE "user_status" AS ENUM ('active', 'invited', 'disabled');

-- CreateEnum
CREATE TYPE "session_method" AS ENUM ('password', 'sso');

-- CreateEnum
CREATE TYPE "emailed_token_purpose" AS ENUM ('invitation', 'password_reset');

-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('success', 'failure');

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "organization_kind" NOT NULL,
    "partner_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "local_sign_in_enabled" BOOLEAN,
    "minimum_password_length" INTEGER,
    "session_lifetime_minutes" INTEGER,
    "session_idle_minutes" INTEGER,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domains" (
    "name" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "domains_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "access" "access" NOT NULL,
    "status" "user_status" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "local_credentials" (
    "user_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "local_credentials_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "totp_authenticators" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "last_step" INTEGER NOT NULL,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "totp_authenticators_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "pending_enrollments" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pending_enrollments_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "backup_code_sets" (
    "user_id" UUID NOT NULL,
    "salt" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "backup_code_sets_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "backup_codes" (
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "spent_at" TIMESTAMPTZ(3),

    CONSTRAINT "backup_codes_pkey" PRIMARY KEY ("user_id","hash")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "method" "session_method" NOT NULL,
    "aal" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "idle_seconds" INTEGER NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL,
    "address" TEXT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "hash" BYTEA NOT NULL,
    "session_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "sign_in_challenges" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_devices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_counts" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),
    "day_started_at" TIMESTAMPTZ(3) NOT NULL,
    "day_failures" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_counts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "emailed_tokens" (
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" "emailed_token_purpose" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "emailed_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "outgoing_mails" (
    "id" UUID NOT NULL,
    "message" BYTEA NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outgoing_mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "sequence" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" "audit_outcome" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT,
    "subject_id" UUID,
    "subject_name" TEXT,
    "organization_id" UUID,
    "address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "details" JSONB NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_chain" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "id" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "private_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "encryption_key_checks" (
    "key_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "encryption_key_checks_pkey" PRIMARY KEY ("key_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE INDEX "organizations_partner_id_idx" ON "organizations"("partner_id");

-- CreateIndex
CREATE INDEX "domains_organization_id_idx" ON "domains"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "users_organization_id_id_idx" ON "users"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "totp_authenticators_id_key" ON "totp_authenticators"("id");

-- CreateIndex
CREATE UNIQUE INDEX "pending_enrollments_id_key" ON "pending_enrollments"("id");

-- CreateIndex
CREATE INDEX "pending_enrollments_session_id_idx" ON "pending_enrollments"("session_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_challenges_token_hash_key" ON "sign_in_challenges"("token_hash");

-- CreateIndex
CREATE INDEX "sign_in_challenges_user_id_idx" ON "sign_in_challenges"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_challenges_expires_at_idx" ON "sign_in_challenges"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "known_devices_user_id_token_hash_key" ON "known_devices"("user_id", "token_hash");

-- CreateIndex
CREATE INDEX "attempt_counts_updated_at_idx" ON "attempt_counts"("updated_at");

-- CreateIndex
CREATE INDEX "emailed_tokens_user_id_idx" ON "emailed_tokens"("user_id");

-- CreateIndex
CREATE INDEX "outgoing_mails_next_attempt_at_idx" ON "outgoing_mails"("next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_id_key" ON "audit_events"("id");

-- CreateIndex
CREATE INDEX "audit_events_organization_id_sequence_idx" ON "audit_events"("organization_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_events_subject_id_sequence_idx" ON "audit_events"("subject_id", "sequence");

-- AddForeignKey
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "domains" ADD CONSTRAINT "domains_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "local_credentials" ADD CONSTRAINT "local_credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "totp_authenticators" ADD CONSTRAINT "totp_authenticators_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "local_credentials"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_enrollments" ADD CONSTRAINT "pending_enrollments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_enrollments" ADD CONSTRAINT "pending_enrollments_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_code_sets" ADD CONSTRAINT "backup_code_sets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "totp_authenticators"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_codes" ADD CONSTRAINT "backup_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "backup_code_sets"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "sign_in_challenges_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emailed_tokens" ADD CONSTRAINT "emailed_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What follows is written by hand: Prisma's schema cannot express it, and Prisma's diff leaves it alone.

-- Tenants: exactly the customers have a partner, and a partner is a partner.

ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_kind_partner_check" CHECK (("kind" = 'customer') = ("partner_id" IS NOT NULL)),
  -- The bounds of SETTINGS_BOUNDS in packages/core.
  ADD CONSTRAINT "organizations_minimum_password_length_check" CHECK ("minimum_password_length" BETWEEN 8 AND 64),
  ADD CONSTRAINT "organizations_session_lifetime_minutes_check" CHECK ("session_lifetime_minutes" BETWEEN 15 AND 1440),
  ADD CONSTRAINT "organizations_session_idle_minutes_check" CHECK ("session_idle_minutes" BETWEEN 10 AND 60);

-- That the kind never changes makes the look at the partner enough: no lock, no race.
CREATE FUNCTION "organizations_check_partner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION 'the kind of an organization never changes'
      USING ERRCODE = 'check_violation', TABLE = 'organizations', CONSTRAINT = 'organizations_kind_fixed';
  END IF;
  IF NEW.partner_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM organizations WHERE id = NEW.partner_id AND kind = 'partner') THEN
    RAISE EXCEPTION 'the partner of an organization must be of kind partner'
      USING ERRCODE = 'check_violation', TABLE = 'organizations', CONSTRAINT = 'organizations_partner_kind';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "organizations_check_partner" BEFORE INSERT OR UPDATE OF "kind", "partner_id" ON "organizations"
  FOR EACH ROW EXECUTE FUNCTION "organizations_check_partner"();

-- Names by which things are found stand in one spelling. In the C collation lower() knows ASCII alone: normalisation
-- of the rest is packages/core's, whose Unicode tables may be newer than the database's.

ALTER TABLE "users"
  ADD CONSTRAINT "users_email_check" CHECK ("email" = lower("email" COLLATE "C") AND "email" <> ''),
  ADD CONSTRAINT "users_version_check" CHECK ("version" > 0);

ALTER TABLE "domains"
  ADD CONSTRAINT "domains_name_check" CHECK ("name" = lower("name" COLLATE "C") AND "name" <> '');

-- Numbers and hashes within their bounds.

ALTER TABLE "totp_authenticators" ADD CONSTRAINT "totp_authenticators_last_step_check" CHECK ("last_step" >= 0);
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_aal_check" CHECK ("aal" IN (1, 2)),
  ADD CONSTRAINT "sessions_idle_seconds_check" CHECK ("idle_seconds" > 0);
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_hash_check" CHECK (octet_length("hash") = 32);
ALTER TABLE "sign_in_challenges"
  ADD CONSTRAINT "sign_in_challenges_token_hash_check" CHECK (octet_length("token_hash") = 32),
  ADD CONSTRAINT "sign_in_challenges_attempts_check" CHECK ("attempts" >= 0);
ALTER TABLE "known_devices"
  ADD CONSTRAINT "known_devices_token_hash_check" CHECK (octet_length("token_hash") = 32);
ALTER TABLE "emailed_tokens" ADD CONSTRAINT "emailed_tokens_hash_check" CHECK (octet_length("hash") = 32);
ALTER TABLE "attempt_counts"
  ADD CONSTRAINT "attempt_counts_failures_check" CHECK ("failures" >= 0 AND "day_failures" >= 0);
ALTER TABLE "outgoing_mails" ADD CONSTRAINT "outgoing_mails_attempts_check" CHECK ("attempts" >= 0);

-- Search among users: any part of name or e-mail address, whatever its case. The index holds every run of three
-- characters. pg_trgm does the same, but is neither in the embedded database nor in every PostgreSQL.
-- A query asks for search_trigrams("name" || E'\n' || "email") @> search_trigrams(q), which has no false negatives,
-- and then compares the rows found. For a q of one or two characters the first is true of all rows.

CREATE FUNCTION "search_trigrams"("words" text) RETURNS text[]
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY(
    SELECT DISTINCT substr(folded, place, 3)
    FROM lower("words") AS folded, generate_series(1, length(folded) - 2) AS place
  );

CREATE INDEX "users_search_idx" ON "users" USING gin ((search_trigrams("name" || E'\n' || "email")));

-- The audit log is a chain (SEC-41): each event bears the hash of the one before it.
--
-- hash = SHA-256(previous_hash || UTF-8(fields)), where the fields are, in this order, sequence, id, occurred_at
-- (milliseconds since 1970), action, outcome, actor_id, actor_name, subject_id, subject_name, organization_id, address,
-- user_agent, request_id, details (the text of the jsonb), each written as a netstring: its length in bytes in decimal,
-- a colon, the text, a comma; NULL as a minus and a comma. So two different events never have one encoding.
-- The first previous_hash is 32 zero bytes. A later column belongs into details, or needs a new version of the hash.

CREATE FUNCTION "netstring"("field" text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN COALESCE(octet_length("field") || ':' || "field" || ',', '-,');

CREATE FUNCTION "audit_event_hash"("event" "audit_events") RETURNS bytea
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN sha256(("event").previous_hash || convert_to(
    netstring(("event").sequence::text)
    || netstring(("event").id::text)
    || netstring(((extract(epoch FROM ("event").occurred_at) * 1000)::bigint)::text)
    || netstring(("event").action)
    || netstring(("event").outcome::text)
    || netstring(("event").actor_id::text)
    || netstring(("event").actor_name)
    || netstring(("event").subject_id::text)
    || netstring(("event").subject_name)
    || netstring(("event").organization_id::text)
    || netstring(("event").address)
    || netstring(("event").user_agent)
    || netstring(("event").request_id)
    || netstring(("event").details::text),
    'UTF8'));

ALTER TABLE "audit_chain"
  ADD CONSTRAINT "audit_chain_one_row_check" CHECK ("id" = 1),
  ADD CONSTRAINT "audit_chain_hash_check" CHECK (octet_length("hash") = 32);

INSERT INTO "audit_chain" ("id", "sequence", "hash") VALUES (1, 0, decode(repeat('00', 32), 'hex'));

-- Writes sequence and hashes, whatever the INSERT said, and holds the end of the chain until its transaction ends:
-- let the event be the last thing a transaction writes.
CREATE FUNCTION "audit_events_append"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_chain;
BEGIN
  SELECT * INTO STRICT head FROM audit_chain WHERE id = 1 FOR UPDATE;
  NEW.sequence := head.sequence + 1;
  NEW.previous_hash := head.hash;
  NEW.hash := audit_event_hash(NEW);
  UPDATE audit_chain SET sequence = NEW.sequence, hash = NEW.hash WHERE id = 1;
  RETURN NEW;
END
$$;

CREATE TRIGGER "audit_events_append" BEFORE INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "audit_events_append"();

CREATE FUNCTION "audit_events_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only, % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_events_refuse" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();
CREATE TRIGGER "audit_chain_refuse" BEFORE DELETE OR TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();
