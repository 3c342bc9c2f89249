-- AlterTable
ALTER TABLE "backup_code_sets" ADD COLUMN     "secret" BYTEA;
