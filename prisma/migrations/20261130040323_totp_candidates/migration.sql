-- AlterTable
ALTER TABLE "pending_enrollments" ADD COLUMN     "replaces" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "totp_candidates" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "last_step" INTEGER NOT NULL,
    "told_steps" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "totp_candidates_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "totp_candidates_id_key" ON "totp_candidates"("id");

-- AddForeignKey
ALTER TABLE "totp_candidates" ADD CONSTRAINT "totp_candidates_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "totp_authenticators"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
