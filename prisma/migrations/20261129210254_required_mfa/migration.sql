-- CreateEnum
CREATE TYPE "mfa_requirement" AS ENUM ('nobody', 'admins', 'everybody');

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "mfa_grace_days" INTEGER,
ADD COLUMN     "mfa_required" "mfa_requirement";

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "mfa_grace_from" TIMESTAMPTZ(3);

-- A server of the version before runs on with this: it knows none of it, and lets everybody in as before.
ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_mfa_grace_days_check" CHECK ("mfa_grace_days" BETWEEN 0 AND 90);
