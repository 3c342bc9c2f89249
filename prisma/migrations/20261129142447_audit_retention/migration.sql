-- AlterTable
ALTER TABLE "audit_leaves" ADD COLUMN     "removal_id" UUID;

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "audit_retention_days" INTEGER;

-- A server of the version before runs on with this: it knows neither the setting nor the chore. Its `audit verify` misses
-- what was removed.
ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_audit_retention_days_check" CHECK ("audit_retention_days" BETWEEN 90 AND 3650);

DROP TRIGGER "audit_leaves_refuse" ON "audit_leaves";
CREATE TRIGGER "audit_leaves_refuse" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_leaves"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_change_refuse"();

-- Removes the oldest events of one organization, or of none, that were kept long enough, `most` at once: from before the
-- month in which they would be. Their leaves stay, and bear the removal. A server may call it that has no right to the rows
-- themselves; so the days are read here, and are never fewer than 90, nor is now later than the database's own. What
-- `audit verify` needs to know stays, and what is linked in the chain of before.
CREATE FUNCTION "audit_expire"("organization" uuid, "removal" uuid, "moment" timestamptz, "usual" integer, "most" integer)
  RETURNS TABLE ("leaf_index" bigint, "hash" bytea, "before" timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  days integer;
  ending timestamptz;
  beyond bigint;
  gone bigint[];
BEGIN
  SELECT COALESCE(o.audit_retention_days, p.audit_retention_days) INTO days
  FROM organizations o LEFT JOIN organizations p ON p.id = o.partner_id WHERE o.id = organization;
  days := GREATEST(COALESCE(days, usual), 90);
  ending := date_trunc('month', (LEAST(moment, now()) - make_interval(days => days)) AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
  -- Sequences are nearly in the order of the times: beyond an hour they tell without them.
  SELECT e.sequence INTO beyond FROM audit_events e
  WHERE e.occurred_at >= ending + interval '1 hour' ORDER BY e.occurred_at LIMIT 1;
  beyond := COALESCE(beyond, 9223372036854775807);

  PERFORM set_config('sallyport.audit_events', 'DELETE', true);
  WITH candidates AS (
    SELECT e.sequence FROM audit_events e
    WHERE e.organization_id = organization AND e.sequence < beyond AND e.occurred_at < ending AND e.transaction_id > 0
      AND e.action NOT IN ('user.erased', 'audit.expired')
      AND EXISTS (SELECT 1 FROM audit_leaves l WHERE l.sequence = e.sequence)
    UNION ALL
    SELECT e.sequence FROM audit_events e
    WHERE organization IS NULL AND e.organization_id IS NULL AND e.sequence < beyond AND e.occurred_at < ending
      AND e.transaction_id > 0 AND e.action NOT IN ('user.erased', 'audit.expired')
      AND EXISTS (SELECT 1 FROM audit_leaves l WHERE l.sequence = e.sequence)
  ), deleted AS (
    DELETE FROM audit_events e
    WHERE e.sequence IN (SELECT c.sequence FROM candidates c ORDER BY c.sequence LIMIT most) RETURNING e.sequence
  )
  SELECT COALESCE(array_agg(d.sequence), '{}') INTO gone FROM deleted d;

  PERFORM set_config('sallyport.audit_events', 'UPDATE', true);
  RETURN QUERY UPDATE audit_leaves l SET removal_id = removal WHERE l.sequence = ANY (gone)
    RETURNING l.leaf_index, l.hash, ending;
  PERFORM set_config('sallyport.audit_events', '', true);
END
$$;

-- What it names is what was here when it was made: nobody slips another table in.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION audit_expire(uuid, uuid, timestamptz, integer, integer) SET search_path = %I, pg_temp',
    current_schema());
END
$$;
