-- CreateTable
CREATE TABLE "service_accounts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "access" "access" NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "maker_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "service_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "service_accounts_key_hash_key" ON "service_accounts"("key_hash");

-- CreateIndex
CREATE INDEX "service_accounts_organization_id_id_idx" ON "service_accounts"("organization_id", "id");

-- CreateIndex
CREATE INDEX "service_accounts_maker_id_idx" ON "service_accounts"("maker_id");

-- AddForeignKey
ALTER TABLE "service_accounts" ADD CONSTRAINT "service_accounts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_accounts" ADD CONSTRAINT "service_accounts_maker_id_fkey" FOREIGN KEY ("maker_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A server of the version before runs on with this: it takes no key.
ALTER TABLE "service_accounts"
  ADD CONSTRAINT "service_accounts_key_hash_check" CHECK (octet_length("key_hash") = 32);
