-- CreateTable
CREATE TABLE "waiting_resets" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" BYTEA,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),

    CONSTRAINT "waiting_resets_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "waiting_resets_due_at_idx" ON "waiting_resets"("due_at");

-- CreateIndex
CREATE INDEX "waiting_resets_expires_at_idx" ON "waiting_resets"("expires_at");

-- CreateIndex
CREATE INDEX "waiting_resets_asked_by_id_idx" ON "waiting_resets"("asked_by_id");

-- CreateIndex
CREATE INDEX "waiting_resets_approved_by_id_idx" ON "waiting_resets"("approved_by_id");

-- AddForeignKey
ALTER TABLE "waiting_resets" ADD CONSTRAINT "waiting_resets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "enabled_mfa"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_resets" ADD CONSTRAINT "waiting_resets_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_resets" ADD CONSTRAINT "waiting_resets_approved_by_id_fkey" FOREIGN KEY ("approved_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A server of the version before runs on with this: its resets wait for nothing, and those that wait go with what they
-- would have taken away.
ALTER TABLE "waiting_resets"
  ADD CONSTRAINT "waiting_resets_due_at_check" CHECK ("due_at" >= "asked_at"),
  ADD CONSTRAINT "waiting_resets_approved_check" CHECK ("approved_at" IS NULL OR "expires_at" IS NULL);
