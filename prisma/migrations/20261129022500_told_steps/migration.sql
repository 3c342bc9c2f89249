-- AlterTable
ALTER TABLE "totp_authenticators" ADD COLUMN     "told_steps" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
