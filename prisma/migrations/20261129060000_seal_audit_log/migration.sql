-- The audit log was a chain that each append continued and locked (20261124140000_init). From now on an append waits for
-- nobody, and committed events are sealed afterwards into a Merkle tree (SEC-41, docs/decisions). What was chained keeps its
-- hashes, and the chain its end, so both can still be verified: as 20261124140000_init says, by the program alone.

DROP TRIGGER "audit_events_append" ON "audit_events";
DROP FUNCTION "audit_events_append"();
DROP FUNCTION "audit_event_hash"("audit_events");
DROP FUNCTION "netstring"(text);

-- AlterTable
-- Events of the chain are in the tree before all others: transaction 0. A constant rewrites no row.
ALTER TABLE "audit_events" ADD COLUMN     "transaction_id" BIGINT NOT NULL DEFAULT 0,
ALTER COLUMN "previous_hash" DROP NOT NULL,
ALTER COLUMN "hash" DROP NOT NULL;
ALTER TABLE "audit_events" ALTER COLUMN "transaction_id" SET DEFAULT ((pg_current_xact_id())::text)::bigint;
ALTER TABLE "audit_events" ALTER COLUMN "sequence" ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('audit_events', 'sequence'), (SELECT "sequence" + 1 FROM "audit_chain"), false);

-- CreateTable
CREATE TABLE "audit_leaves" (
    "leaf_index" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_leaves_pkey" PRIMARY KEY ("leaf_index")
);

-- CreateTable
CREATE TABLE "audit_nodes" (
    "level" SMALLINT NOT NULL,
    "node_index" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_nodes_pkey" PRIMARY KEY ("level","node_index")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "tree_size" BIGINT NOT NULL,
    "root_hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,
    "seen" TEXT,
    "sealing" TEXT,
    "next_transaction" BIGINT NOT NULL,
    "next_sequence" BIGINT NOT NULL,
    "last_sequence" BIGINT NOT NULL,
    "cluster" BIGINT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_keys" (
    "id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaves_sequence_key" ON "audit_leaves"("sequence");

-- CreateIndex
CREATE INDEX "audit_events_transaction_id_sequence_idx" ON "audit_events"("transaction_id", "sequence");

ALTER TABLE "audit_leaves"
  ADD CONSTRAINT "audit_leaves_hash_check" CHECK (octet_length("hash") = 32);
ALTER TABLE "audit_nodes"
  ADD CONSTRAINT "audit_nodes_hash_check" CHECK (octet_length("hash") = 32);
ALTER TABLE "audit_head"
  ADD CONSTRAINT "audit_head_one_row_check" CHECK ("id" = 1),
  ADD CONSTRAINT "audit_head_hash_check" CHECK (octet_length("root_hash") = 32);

-- The chain has ended.
DROP TRIGGER "audit_chain_refuse" ON "audit_chain";
CREATE TRIGGER "audit_chain_refuse" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();

CREATE TRIGGER "audit_leaves_refuse" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_leaves"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();
CREATE TRIGGER "audit_nodes_refuse" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_nodes"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();
CREATE TRIGGER "audit_head_refuse" BEFORE DELETE OR TRUNCATE ON "audit_head"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();
-- The key itself may be sealed again, under another encryption key.
CREATE TRIGGER "audit_keys_refuse" BEFORE UPDATE OF "id", "created_at" OR DELETE OR TRUNCATE ON "audit_keys"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();

CREATE FUNCTION "audit_head_grows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tree_size < OLD.tree_size OR (NEW.tree_size = OLD.tree_size AND NEW.root_hash <> OLD.root_hash) THEN
    RAISE EXCEPTION 'audit_head is append-only, a smaller or another tree refused' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_head_grows" BEFORE UPDATE ON "audit_head"
  FOR EACH ROW EXECUTE FUNCTION "audit_head_grows"();
