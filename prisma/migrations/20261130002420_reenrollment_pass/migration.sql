-- AlterEnum
ALTER TYPE "emailed_token_purpose" ADD VALUE 'mfa_reset';

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "reenrollment_pass" BOOLEAN;

-- CreateTable
CREATE TABLE "reenrollment_passes" (
    "user_id" UUID NOT NULL,
    "salt" BYTEA NOT NULL,
    "secret" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reenrollment_passes_pkey" PRIMARY KEY ("user_id")
);

-- AddForeignKey
ALTER TABLE "reenrollment_passes" ADD CONSTRAINT "reenrollment_passes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
