-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "reset_delay_hours" INTEGER,
ADD COLUMN     "reset_needs_second_admin" BOOLEAN;

-- A server of the version before runs on with this: its resets wait for nothing and nobody.
ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_reset_delay_hours_check" CHECK ("reset_delay_hours" BETWEEN 0 AND 168);
