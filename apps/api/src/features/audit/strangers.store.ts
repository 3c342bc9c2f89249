import type { AuditAction } from '@sallyport/core';
import type { Db } from '../../platform/database/database.ts';

export interface DroppedEvents {
  action: AuditAction;
  organizationId: string | null;
  count: number;
}

export const droppedEventsStore = (db: Db) => ({
  async add({ action, organizationId, count }: DroppedEvents): Promise<void> {
    await db.$executeRaw`
      INSERT INTO dropped_events (key, action, organization_id, count)
      VALUES (${`${action} ${organizationId}`}, ${action}, ${organizationId}::uuid, ${count}::int)
      ON CONFLICT (key) DO UPDATE SET count = dropped_events.count + EXCLUDED.count`;
  },

  /** Gives the counts and forgets them. */
  async take(): Promise<DroppedEvents[]> {
    return db.$queryRaw<DroppedEvents[]>`
      DELETE FROM dropped_events RETURNING action, organization_id AS "organizationId", count`;
  },
});
