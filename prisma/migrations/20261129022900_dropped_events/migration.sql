-- CreateTable
CREATE TABLE "dropped_events" (
    "key" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "organization_id" UUID,
    "count" INTEGER NOT NULL,

    CONSTRAINT "dropped_events_pkey" PRIMARY KEY ("key")
);
