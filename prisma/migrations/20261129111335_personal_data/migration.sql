-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "actor_sealed" BYTEA,
ADD COLUMN     "erased" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "subject_sealed" BYTEA;

-- CreateTable
CREATE TABLE "person_keys" (
    "user_id" UUID NOT NULL,
    "key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_keys_pkey" PRIMARY KEY ("user_id")
);

-- AddForeignKey
ALTER TABLE "person_keys" ADD CONSTRAINT "person_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Events stay as they were written. The one change is that the clear text of a person is taken away, where events of before
-- hold it: by this function alone, which a server may call that has no right to the rows themselves. Their leaves stay, and
-- `audit verify` accepts it only where the log itself tells that the person was erased.
CREATE FUNCTION "audit_events_change_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = current_setting('sallyport.audit_events', true) THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is append-only, % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
DROP TRIGGER "audit_events_refuse" ON "audit_events";
CREATE TRIGGER "audit_events_refuse" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_change_refuse"();

-- How many events it took something from. `name` and `subject` are the details that tell of a person (see personal.ts). The
-- setting stands within the function alone: a SET of the function itself, of a name that PostgreSQL does not know, would need
-- a superuser.
CREATE FUNCTION "audit_forget"("person" uuid, "email" text, "family" uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  own integer;
  imports integer;
BEGIN
  PERFORM set_config('sallyport.audit_events', 'UPDATE', true);
  UPDATE audit_events SET erased = true,
    actor_name = CASE WHEN actor_id = person THEN NULL ELSE actor_name END,
    subject_name = CASE WHEN subject_id = person THEN NULL ELSE subject_name END,
    address = CASE WHEN COALESCE(actor_id, subject_id) = person THEN NULL ELSE address END,
    user_agent = CASE WHEN COALESCE(actor_id, subject_id) = person THEN NULL ELSE user_agent END,
    details = CASE WHEN subject_id = person THEN details - ARRAY['name', 'subject'] ELSE details END
  WHERE (actor_id = person AND actor_name IS NOT NULL) OR (subject_id = person AND subject_name IS NOT NULL);
  GET DIAGNOSTICS own = ROW_COUNT;
  UPDATE audit_events SET erased = true, details = jsonb_set(details, '{emails}', (details -> 'emails') - email)
  WHERE family_id = family AND action = 'users.imported' AND (details -> 'emails') @> to_jsonb(email);
  GET DIAGNOSTICS imports = ROW_COUNT;
  PERFORM set_config('sallyport.audit_events', '', true);
  RETURN own + imports;
END
$$;

-- What it names is what was here when it was made: nobody slips another table in.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION audit_forget(uuid, text, uuid) SET search_path = %I, pg_temp', current_schema());
END
$$;
