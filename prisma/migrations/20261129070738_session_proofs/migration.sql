-- When the user proved itself again in this session (SEC-43); null: not since it began, and a version before does not set it.
ALTER TABLE "sessions" ADD COLUMN "proved_at" TIMESTAMPTZ(3);
