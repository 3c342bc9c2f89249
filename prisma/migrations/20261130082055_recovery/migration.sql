-- AlterEnum
ALTER TYPE "emailed_token_purpose" ADD VALUE 'recovery_address';
ALTER TYPE "emailed_token_purpose" ADD VALUE 'recovery';

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "recovery_delay_hours" INTEGER;

-- AlterTable
ALTER TABLE "waiting_resets" ADD COLUMN     "recovery_address_id" UUID;

-- CreateTable
CREATE TABLE "recovery_addresses" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "address" BYTEA NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_addresses_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_addresses_id_key" ON "recovery_addresses"("id");

-- CreateIndex
CREATE INDEX "waiting_resets_recovery_address_id_idx" ON "waiting_resets"("recovery_address_id");

-- AddForeignKey
ALTER TABLE "waiting_resets" ADD CONSTRAINT "waiting_resets_recovery_address_id_fkey" FOREIGN KEY ("recovery_address_id") REFERENCES "recovery_addresses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_addresses" ADD CONSTRAINT "recovery_addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "enabled_mfa"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A server of the version before runs on with this: nobody recovers there, and a reset that a user asked for takes place
-- without a pass for the recovery address.
ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_recovery_delay_hours_check" CHECK ("recovery_delay_hours" BETWEEN 0 AND 168);
