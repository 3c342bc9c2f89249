-- Pages in large installations (docs/decisions, 0021): each list has an index that holds its rows in their order, for one
-- organisation and for a partner with its customers.

-- The family of an organisation is its partner, or itself. It never changes, so rows may know it.
CREATE FUNCTION "organizations_keep_partner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an organization stays with its partner' USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER "organizations_keep_partner" BEFORE UPDATE OF "partner_id" ON "organizations"
  FOR EACH ROW WHEN (OLD."partner_id" IS DISTINCT FROM NEW."partner_id") EXECUTE FUNCTION "organizations_keep_partner"();

CREATE FUNCTION "set_family"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.family_id := COALESCE(
    (SELECT COALESCE(o.partner_id, o.id) FROM organizations o WHERE o.id = NEW.organization_id),
    NEW.organization_id
  );
  RETURN NEW;
END
$$;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "family_id" UUID;
UPDATE "users" u SET "family_id" = COALESCE(o."partner_id", o."id") FROM "organizations" o WHERE o."id" = u."organization_id";
ALTER TABLE "users" ALTER COLUMN "family_id" SET NOT NULL,
  ALTER COLUMN "family_id" SET DEFAULT '00000000-0000-0000-0000-000000000000'::uuid;
CREATE TRIGGER "users_set_family" BEFORE INSERT OR UPDATE OF "organization_id", "family_id" ON "users"
  FOR EACH ROW EXECUTE FUNCTION "set_family"();

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "family_id" UUID;
-- Every row is written once more: what it says, and its leaf, stay as they are. Without indexes that takes a fifth of the
-- time; they are made again below.
DROP INDEX "audit_events_id_key", "audit_events_organization_id_sequence_idx", "audit_events_subject_id_sequence_idx",
  "audit_events_transaction_id_sequence_idx";
ALTER TABLE "audit_events" DISABLE TRIGGER USER;
UPDATE "audit_events" e SET "family_id" = COALESCE(o."partner_id", o."id")
  FROM "organizations" o WHERE o."id" = e."organization_id";
ALTER TABLE "audit_events" ENABLE TRIGGER USER;
CREATE UNIQUE INDEX "audit_events_id_key" ON "audit_events"("id");
CREATE INDEX "audit_events_organization_id_sequence_idx" ON "audit_events"("organization_id", "sequence");
CREATE INDEX "audit_events_subject_id_sequence_idx" ON "audit_events"("subject_id", "sequence");
CREATE INDEX "audit_events_transaction_id_sequence_idx" ON "audit_events"("transaction_id", "sequence");
CREATE TRIGGER "audit_events_set_family" BEFORE INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "set_family"();

-- DropIndex
DROP INDEX "users_organization_id_id_idx";

-- CreateIndex
CREATE INDEX "users_organization_id_email_idx" ON "users"("organization_id", "email");

-- CreateIndex
CREATE INDEX "users_family_id_email_idx" ON "users"("family_id", "email");

-- CreateIndex
CREATE INDEX "sign_in_challenges_connection_id_idx" ON "sign_in_challenges"("connection_id");

-- CreateIndex
CREATE INDEX "audit_events_family_id_sequence_idx" ON "audit_events"("family_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_sequence_idx" ON "audit_events"("actor_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_events_occurred_at_idx" ON "audit_events"("occurred_at");

-- Sign-ins are most of the log, and are found soon in any order.
CREATE INDEX "audit_events_family_id_action_sequence_idx" ON "audit_events"("family_id", "action", "sequence")
  WHERE "action" <> 'session.signed_in';
CREATE INDEX "audit_events_organization_id_action_sequence_idx" ON "audit_events"("organization_id", "action", "sequence")
  WHERE "action" <> 'session.signed_in';

CREATE INDEX "organizations_family_idx" ON "organizations"((COALESCE("partner_id", "id")), "slug");

-- Search among users, as in 20261124140000_init, but by runs of one and two characters too: a query of so few that hardly
-- anybody has would else read everybody. It asks for its longest runs alone, of three at most:
-- search_keys("name" || E'\n' || "email", 1) @> search_keys(q, least(3, length(q))), which has no false negatives. Runs that come twice are
-- left in: the index holds each once, and to look for them here takes most of the time.

CREATE FUNCTION "search_keys"("words" text, "shortest" integer) RETURNS text[]
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ARRAY(
    SELECT substr(folded, place, size)
    FROM lower("words") AS folded, generate_series("shortest", 3) AS size,
      generate_series(1, length(folded) - size + 1) AS place
  );

DROP INDEX "users_search_idx";
DROP FUNCTION "search_trigrams"(text);
CREATE INDEX "users_search_idx" ON "users" USING gin ((search_keys("name" || E'\n' || "email", 1)));
