import type { Party } from './party.ts';
import type { AuditRow } from './store.ts';

const named = (id: string | null, name: string | null): Party | null =>
  id === null && name === null ? null : { id, name: name ?? '' };

/** An event as its row shows it, which is also what is sealed: so it shows every column that means something. */
export const storedViewOf = (row: AuditRow & { sequence: bigint }) => ({
  id: row.id,
  sequence: Number(row.sequence),
  occurredAt: row.occurredAt,
  action: row.action,
  outcome: row.outcome,
  actor: named(row.actorId, row.actorName),
  subject: named(row.subjectId, row.subjectName),
  organizationId: row.organizationId,
  address: row.address,
  userAgent: row.userAgent,
  requestId: row.requestId,
  details: row.details,
});

/** Whom an event names, as the API shows it. */
type ShownParty = Party & {
  /** What the log said of the user was erased with the user. */
  erased?: true;
};

/** A user always has a name, until it is erased. */
const shown = (id: string | null, name: string | null): ShownParty | null => {
  const party = named(id, name);
  return party !== null && id !== null && name === null ? { ...party, erased: true } : party;
};

/** An event as the API shows it. @param row opened */
export const viewOf = (row: AuditRow & { sequence: bigint }) => ({
  ...storedViewOf(row),
  actor: shown(row.actorId, row.actorName),
  subject: shown(row.subjectId, row.subjectName),
});

export type EventView = ReturnType<typeof viewOf>;

/**
 * What of an event concerns the user. Of one that another had a part in: who the other was, and from where, is the
 * other's.
 */
export function concerning(
  { id, occurredAt, action, outcome, actor, subject, details, ...from }: EventView,
  userId: string,
) {
  const isActor = actor?.id === userId;
  const isSubject = subject?.id === userId;
  const isOthersDoing = actor !== null && actor.id !== null && !isActor;
  const name = isActor ? actor.name : subject?.name;
  return {
    ...{ id, occurredAt, action, outcome, isActor, isSubject },
    ...(name === undefined ? {} : { name }),
    ...(isOthersDoing ? {} : { address: from.address, userAgent: from.userAgent, requestId: from.requestId }),
    ...(isSubject || !subject?.id ? { details } : {}),
  };
}
