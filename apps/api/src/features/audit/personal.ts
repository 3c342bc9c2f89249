import { canonicalJson } from './canonical-json.ts';
import type { PersonKey, Side } from './person-key.ts';
import type { AuditRow, StoredRow } from './store.ts';

/** Details that tell of the user an event happened to; see also `audit_forget` in prisma/migrations. */
const PERSONAL_DETAILS = ['name', 'subject', 'statedReason'];

/** Under which name the hashes of what is sealed stand in the stored details. */
const HASHES = 'personal';

/** What an event says of one person. */
interface PersonalText {
  /** Address of the user. */
  name: string;
  /** Where a request came from is told of who did it, else of whom it happened to. */
  address?: string | null;
  userAgent?: string | null;
  details?: Record<string, unknown>;
}

export type KeyOf = (userId: string) => PersonKey | undefined;

/** Whom the parts of an event are about. What users do to themselves is one part. */
function aboutOf({
  actorId,
  actorName,
  subjectId,
  subjectName,
}: AuditRow): Record<Side | 'origin' | 'details', Side | null> {
  const actor = actorId === null ? null : 'actor';
  const isOwn = actorId === subjectId && actorName === subjectName;
  const subject = subjectId === null ? null : isOwn ? 'actor' : 'subject';
  return { actor, subject, origin: actor ?? subject, details: subject };
}

/**
 * The event as it is stored: what it says of users sealed, each under the key of the person. Of a user without a key, who
 * was erased meanwhile, nothing is kept but the id.
 */
export function withoutPersonalData(row: AuditRow, keyOf: KeyOf): StoredRow {
  const about = aboutOf(row);
  const texts: Partial<Record<Side, PersonalText>> = {};
  if (about.actor) texts.actor = { name: row.actorName ?? '' };
  if (about.subject === 'subject' && row.subjectName !== null) texts.subject = { name: row.subjectName };
  const { address, userAgent } = row;
  if (about.origin) Object.assign(texts[about.origin] ?? {}, { address, userAgent });
  const personal = about.details === null ? {} : picked(row.details, (name) => PERSONAL_DETAILS.includes(name));
  if (about.details && Object.keys(personal).length > 0)
    Object.assign(texts[about.details] ?? {}, { details: personal });

  const seal = (side: Side, userId: string | null) => {
    const text = texts[side];
    const key = text && userId !== null ? keyOf(userId) : undefined;
    return text && key ? key.seal(canonicalJson(text), row.id, side) : null;
  };
  const actor = seal('actor', row.actorId);
  const subject = seal('subject', row.subjectId);
  const hashes = { ...(actor ? { actor: actor.digest } : {}), ...(subject ? { subject: subject.digest } : {}) };
  return {
    ...row,
    actorName: about.actor ? null : row.actorName,
    subjectName: about.subject ? null : row.subjectName,
    ...(about.origin ? { address: null, userAgent: null } : {}),
    details: {
      ...picked(row.details, (name) => !(name in personal)),
      ...(Object.keys(hashes).length > 0 ? { [HASHES]: hashes } : {}),
    },
    actorSealed: actor?.sealed ?? null,
    subjectSealed: subject?.sealed ?? null,
    erased: false,
  };
}

/** What is sealed of an event and can be opened; `isAltered` where a text is not the one that the event was written with. */
export interface Opened<Row> {
  row: Row;
  isAltered: boolean;
  /** The users whose key is gone. */
  keyless: string[];
  parts: Partial<Record<Side, OpenedPart>>;
}

export interface OpenedPart {
  /** Hex. */
  digest: string;
  /** Hex; null where the key is gone. */
  salt: string | null;
  /** Names of the details within. */
  details: string[];
}

/** The event as it was written, as far as the keys are there. */
export function withPersonalData<Row extends StoredRow>(stored: Row, keyOf: KeyOf): Opened<Row> {
  const hashes = hashesOf(stored);
  const { [HASHES]: _hashes, ...details } = stored.details;
  const row: Row = { ...stored, details: hashes === null ? stored.details : details };
  const opened: Opened<Row> = { row, isAltered: false, keyless: [], parts: {} };
  for (const side of ['actor', 'subject'] as const) openSide(opened, stored, side, hashes?.[side], keyOf);
  return opened;
}

function openSide(
  opened: Opened<StoredRow>,
  stored: StoredRow,
  side: Side,
  digest: string | undefined,
  keyOf: KeyOf,
): void {
  const userId = side === 'actor' ? stored.actorId : stored.subjectId;
  if (digest === undefined || userId === null) return;
  const key = keyOf(userId);
  if (!key) {
    opened.keyless.push(userId);
    opened.parts[side] = { digest, salt: null, details: [] };
    return;
  }
  const sealed = side === 'actor' ? stored.actorSealed : stored.subjectSealed;
  const json = sealed && key.open({ sealed, digest }, stored.id, side);
  if (json === null) {
    opened.isAltered = true;
    return;
  }
  const { row } = opened;
  const { name, details = {}, ...origin } = JSON.parse(json) as PersonalText;
  if (side === 'actor') row.actorName = name;
  // What users do to themselves is one part.
  if (side === 'subject' || (stored.subjectId === userId && !hashesOf(stored)?.subject)) row.subjectName = name;
  Object.assign(row, origin);
  row.details = { ...row.details, ...details };
  const salt = Buffer.from(key.saltOf(stored.id, side)).toString('hex');
  opened.parts[side] = { digest, salt, details: Object.keys(details) };
}

const hashesOf = ({ details }: StoredRow): Partial<Record<Side, string>> | null =>
  (details[HASHES] as Partial<Record<Side, string>> | undefined) ?? null;

const picked = (details: Record<string, unknown>, isPicked: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(details).filter(([name]) => isPicked(name)));
