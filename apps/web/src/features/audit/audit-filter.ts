import { type AuditAction, isAuditAction } from './actions.ts';

/** What is asked for; it lives in the address of the page. */
export interface AuditFilter {
  action: AuditAction | null;
  userId: string | null;
  organizationId: string | null;
  /** Days as YYYY-MM-DD in the zone of this device, both included. */
  fromDay: string | null;
  toDay: string | null;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const dayOf = (value: string | null): string | null => (value !== null && day.test(value) ? value : null);

export function filterOf(query: URLSearchParams): AuditFilter {
  const action = query.get('action');
  return {
    action: isAuditAction(action) ? action : null,
    userId: query.get('user'),
    organizationId: query.get('organization'),
    fromDay: dayOf(query.get('from')),
    toDay: dayOf(query.get('to')),
  };
}

/** The moments between which the days of a filter lie: `from` included, `to` excluded, RFC 3339. */
export function periodOf({ fromDay, toDay }: Pick<AuditFilter, 'fromDay' | 'toDay'>): { from?: string; to?: string } {
  const period: { from?: string; to?: string } = {};
  // Without a zone, the start of the day is that of this device.
  if (fromDay) period.from = new Date(`${fromDay}T00:00:00`).toISOString();
  if (toDay) {
    const next = new Date(`${toDay}T00:00:00`);
    next.setDate(next.getDate() + 1);
    period.to = next.toISOString();
  }
  return period;
}
