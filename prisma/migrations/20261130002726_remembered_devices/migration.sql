-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "remembered_device_days" INTEGER;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "remembered_device_id" UUID;

-- CreateTable
CREATE TABLE "remembered_devices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "remembered_devices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "remembered_devices_token_hash_key" ON "remembered_devices"("token_hash");

-- CreateIndex
CREATE INDEX "remembered_devices_user_id_idx" ON "remembered_devices"("user_id");

-- CreateIndex
CREATE INDEX "remembered_devices_expires_at_idx" ON "remembered_devices"("expires_at");

-- AddForeignKey
ALTER TABLE "remembered_devices" ADD CONSTRAINT "remembered_devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "enabled_mfa"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A server of the version before runs on with this: it remembers no browser, and asks every one for the second step.
ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_remembered_device_days_check" CHECK ("remembered_device_days" BETWEEN 0 AND 90);

ALTER TABLE "remembered_devices"
  ADD CONSTRAINT "remembered_devices_token_hash_check" CHECK (octet_length("token_hash") = 32),
  ADD CONSTRAINT "remembered_devices_expires_at_check" CHECK ("expires_at" >= "created_at");
