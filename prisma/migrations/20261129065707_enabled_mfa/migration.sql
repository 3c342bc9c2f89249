-- DropForeignKey
ALTER TABLE "backup_code_sets" DROP CONSTRAINT "backup_code_sets_user_id_fkey";

-- DropForeignKey
ALTER TABLE "totp_authenticators" DROP CONSTRAINT "totp_authenticators_user_id_fkey";

-- CreateTable
CREATE TABLE "enabled_mfa" (
    "user_id" UUID NOT NULL,
    "revision" UUID NOT NULL,
    "enabled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enabled_mfa_pkey" PRIMARY KEY ("user_id")
);

-- MFA is on where there is an authenticator; its id was part of the ETag before.
INSERT INTO "enabled_mfa" ("user_id", "revision", "enabled_at")
SELECT "user_id", "id", "enrolled_at" FROM "totp_authenticators";

-- AddForeignKey
ALTER TABLE "enabled_mfa" ADD CONSTRAINT "enabled_mfa_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "local_credentials"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "totp_authenticators" ADD CONSTRAINT "totp_authenticators_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "enabled_mfa"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_code_sets" ADD CONSTRAINT "backup_code_sets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "enabled_mfa"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
