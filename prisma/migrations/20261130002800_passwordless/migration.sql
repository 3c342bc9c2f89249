-- AlterEnum
ALTER TYPE "session_method" ADD VALUE 'passkey';

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "mfa_phishing_resistant" BOOLEAN,
ADD COLUMN     "passwordless_enabled" BOOLEAN;

-- AlterTable
ALTER TABLE "passkeys" ADD COLUMN     "discoverable" BOOLEAN;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "phishing_resistant" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "phishing_resistant_from" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "spent_passkey_challenges" (
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_passkey_challenges_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "spent_passkey_challenges_expires_at_idx" ON "spent_passkey_challenges"("expires_at");

-- A server of the version before runs on with this: no passkey signs in alone and none is required before an admin says so.
ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_phishing_resistant_check" CHECK (NOT "phishing_resistant" OR "aal" = 2);
ALTER TABLE "spent_passkey_challenges"
  ADD CONSTRAINT "spent_passkey_challenges_hash_check" CHECK (octet_length("hash") = 32);

-- Whether any organization lets passkeys sign in alone.
CREATE INDEX "organizations_passwordless_idx" ON "organizations"("id") WHERE "passwordless_enabled";
