-- Who may change others is few among many: without it every user of the organisation is read to find them.
CREATE INDEX "users_writing_admins_idx" ON "users"("organization_id")
  WHERE "role" = 'admin' AND "access" = 'read_write' AND "status" = 'active';
