-- CreateEnum
CREATE TYPE "sso_kind" AS ENUM ('entra', 'google', 'oidc', 'saml');

-- CreateEnum
CREATE TYPE "sso_provisioning" AS ENUM ('invite_only', 'jit');

-- CreateEnum
CREATE TYPE "sso_mfa_policy" AS ENUM ('trust_provider', 'require_local');

-- CreateEnum
CREATE TYPE "sso_purpose" AS ENUM ('sign_in', 'link', 'test');

-- DropIndex
DROP INDEX "domains_organization_id_idx";

-- AlterTable
ALTER TABLE "domains" DROP CONSTRAINT "domains_pkey",
ADD COLUMN     "verification_token" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
ADD CONSTRAINT "domains_pkey" PRIMARY KEY ("organization_id", "name");

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "connection_id" UUID,
ADD COLUMN     "federation" JSONB;

-- AlterTable
ALTER TABLE "sign_in_challenges" ADD COLUMN     "connection_id" UUID,
ADD COLUMN     "federation" JSONB,
ADD COLUMN     "method" "session_method" NOT NULL DEFAULT 'password';

-- CreateTable
CREATE TABLE "sso_connections" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "sso_kind" NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "provisioning" "sso_provisioning" NOT NULL,
    "mfa_policy" "sso_mfa_policy" NOT NULL,
    "config" JSONB NOT NULL,
    "secrets" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "last_failure" JSONB,
    "last_test" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sso_connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_connection_domains" (
    "connection_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "domain_name" TEXT NOT NULL,

    CONSTRAINT "sso_connection_domains_pkey" PRIMARY KEY ("connection_id","domain_name")
);

-- CreateTable
CREATE TABLE "federated_identities" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "tenant_id" TEXT,
    "email" TEXT,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "federated_identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_transactions" (
    "id" UUID NOT NULL,
    "purpose" "sso_purpose" NOT NULL,
    "connection_id" UUID NOT NULL,
    "connection_version" INTEGER NOT NULL,
    "user_id" UUID,
    "session_id" UUID,
    "state_hash" BYTEA NOT NULL,
    "secrets" BYTEA NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "return_to" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),
    "code_hash" BYTEA,

    CONSTRAINT "sso_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saml_assertions" (
    "connection_id" UUID NOT NULL,
    "assertion_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_assertions_pkey" PRIMARY KEY ("connection_id","assertion_id")
);

-- CreateIndex
CREATE INDEX "sso_connections_organization_id_id_idx" ON "sso_connections"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_connections_id_organization_id_key" ON "sso_connections"("id", "organization_id");

-- CreateIndex
CREATE INDEX "sso_connection_domains_organization_id_domain_name_idx" ON "sso_connection_domains"("organization_id", "domain_name");

-- CreateIndex
CREATE INDEX "federated_identities_user_id_idx" ON "federated_identities"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "federated_identities_connection_id_issuer_subject_key" ON "federated_identities"("connection_id", "issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "federated_identities_connection_id_user_id_key" ON "federated_identities"("connection_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_transactions_state_hash_key" ON "sso_transactions"("state_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sso_transactions_code_hash_key" ON "sso_transactions"("code_hash");

-- CreateIndex
CREATE INDEX "sso_transactions_connection_id_idx" ON "sso_transactions"("connection_id");

-- CreateIndex
CREATE INDEX "sso_transactions_user_id_idx" ON "sso_transactions"("user_id");

-- CreateIndex
CREATE INDEX "sso_transactions_session_id_idx" ON "sso_transactions"("session_id");

-- CreateIndex
CREATE INDEX "sso_transactions_expires_at_idx" ON "sso_transactions"("expires_at");

-- CreateIndex
CREATE INDEX "saml_assertions_expires_at_idx" ON "saml_assertions"("expires_at");

-- CreateIndex
CREATE INDEX "domains_name_idx" ON "domains"("name");

-- CreateIndex
CREATE INDEX "sessions_connection_id_idx" ON "sessions"("connection_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_id_organization_id_key" ON "users"("id", "organization_id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "sign_in_challenges_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_connection_domains" ADD CONSTRAINT "sso_connection_domains_connection_id_organization_id_fkey" FOREIGN KEY ("connection_id", "organization_id") REFERENCES "sso_connections"("id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_connection_domains" ADD CONSTRAINT "sso_connection_domains_organization_id_domain_name_fkey" FOREIGN KEY ("organization_id", "domain_name") REFERENCES "domains"("organization_id", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "federated_identities" ADD CONSTRAINT "federated_identities_user_id_organization_id_fkey" FOREIGN KEY ("user_id", "organization_id") REFERENCES "users"("id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "federated_identities" ADD CONSTRAINT "federated_identities_connection_id_organization_id_fkey" FOREIGN KEY ("connection_id", "organization_id") REFERENCES "sso_connections"("id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_transactions" ADD CONSTRAINT "sso_transactions_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_transactions" ADD CONSTRAINT "sso_transactions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_transactions" ADD CONSTRAINT "sso_transactions_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saml_assertions" ADD CONSTRAINT "saml_assertions_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is written by hand: Prisma's schema cannot express it, and Prisma's diff leaves it alone.

-- A verified domain has one owner; until then whoever claims it may try to prove it.
CREATE UNIQUE INDEX "domains_one_owner_idx" ON "domains" ((CASE WHEN "verified_at" IS NOT NULL THEN "name" END));

ALTER TABLE "sso_connections"
  ADD CONSTRAINT "sso_connections_version_check" CHECK ("version" > 0),
  ADD CONSTRAINT "sso_connections_config_check" CHECK (jsonb_typeof("config") = 'object');

-- A session or challenge that began with a password names no connection.
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_method_connection_check" CHECK ("method" = 'sso' OR "connection_id" IS NULL);
ALTER TABLE "sign_in_challenges"
  ADD CONSTRAINT "sign_in_challenges_method_connection_check" CHECK (("method" = 'sso') = ("connection_id" IS NOT NULL));

ALTER TABLE "federated_identities"
  ADD CONSTRAINT "federated_identities_subject_check" CHECK ("issuer" <> '' AND "subject" <> '');

ALTER TABLE "sso_transactions"
  ADD CONSTRAINT "sso_transactions_hashes_check" CHECK (
    octet_length("state_hash") = 32 AND octet_length("browser_hash") = 32 AND octet_length("code_hash") = 32),
  -- Who signs in is not known yet; who links or tries is.
  ADD CONSTRAINT "sso_transactions_purpose_user_check" CHECK (
    ("purpose" = 'sign_in') = ("user_id" IS NULL) AND ("user_id" IS NULL) = ("session_id" IS NULL));
