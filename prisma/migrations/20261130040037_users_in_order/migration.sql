-- AlterTable
-- Generated, so that the version before keeps it too.
ALTER TABLE "users" ADD COLUMN     "last_sign_in_on" DATE NOT NULL
  GENERATED ALWAYS AS (COALESCE(("last_sign_in_at" AT TIME ZONE 'UTC')::date, '1970-01-01'::date)) STORED;

-- CreateIndex
CREATE INDEX "users_organization_id_name_id_idx" ON "users"("organization_id", "name", "id");

-- CreateIndex
CREATE INDEX "users_family_id_name_id_idx" ON "users"("family_id", "name", "id");

-- CreateIndex
CREATE INDEX "users_organization_id_last_sign_in_on_idx" ON "users"("organization_id", "last_sign_in_on");

-- CreateIndex
CREATE INDEX "users_family_id_last_sign_in_on_idx" ON "users"("family_id", "last_sign_in_on");

