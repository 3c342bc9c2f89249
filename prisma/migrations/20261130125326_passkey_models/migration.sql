-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "passkey_models" JSONB;

-- AlterTable
ALTER TABLE "passkeys" ADD COLUMN     "attested" BOOLEAN NOT NULL DEFAULT false;

-- A server of the version before runs on with this: it takes any passkey.
ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_passkey_models_check" CHECK (
    jsonb_typeof("passkey_models" -> 'models') = 'array' AND jsonb_typeof("passkey_models" -> 'roots') = 'array');
