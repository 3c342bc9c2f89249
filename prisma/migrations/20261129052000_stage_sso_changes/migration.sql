-- AlterTable
ALTER TABLE "sso_transactions" ADD COLUMN     "change_id" UUID;

-- CreateTable
CREATE TABLE "sso_connection_changes" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "config" JSONB NOT NULL,
    "secrets" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "sso_connection_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sso_connection_changes_connection_id_key" ON "sso_connection_changes"("connection_id");

-- AddForeignKey
ALTER TABLE "sso_connection_changes" ADD CONSTRAINT "sso_connection_changes_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody comes in, and nothing is linked, by a configuration that was not tested.
ALTER TABLE "sso_transactions" ADD CONSTRAINT "sso_transactions_change_is_tried" CHECK ("change_id" IS NULL OR "purpose" = 'test');
