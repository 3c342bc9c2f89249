-- AlterEnum
ALTER TYPE "emailed_token_purpose" ADD VALUE 'sso_link';
