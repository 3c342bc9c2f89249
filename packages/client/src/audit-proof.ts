import type { components } from './openapi.ts';

type AuditEvent = components['schemas']['AuditEvent'];
type AuditProof = components['schemas']['AuditProof'];
type AuditHead = components['schemas']['AuditHead'];
type AuditKeySet = components['schemas']['AuditKeySet'];

type Bytes = Uint8Array<ArrayBuffer>;
type Personal = AuditProof['personal'];

/**
 * Why a proof proves nothing: `malformed`, no hash, signature or time where one should be; `unknown_key`, none of the keys
 * is the one that the head names; `bad_signature`, that key did not sign this head; `other_head`, the proof is of a tree
 * of another size; `not_included`, with this event or this path one does not come to the root; `erased`, the event is of a
 * version before 0.2 and a user was erased from it since: that its leaf is in the log is proved, and not what it said.
 */
export type AuditProofFault = 'malformed' | 'unknown_key' | 'bad_signature' | 'other_head' | 'not_included' | 'erased';
export type AuditProofVerdict = { ok: true } | { ok: false; reason: AuditProofFault };

/** What a caller has. */
interface Given {
  /** As `GET /audit-events` answered it; what newer services add to it is not looked at. */
  event: AuditEvent;
  /** Of `GET /audit-events/{id}/proof`. */
  proof: AuditProof;
  /** Of `GET /audit-keys`: better those that were kept than those that come with the proof. */
  keys: AuditKeySet;
}

/**
 * Checks that an event is in the audit log whose head the service signed, without asking the service. Of an event whose
 * user was erased since it checks all that is left of it.
 *
 * @throws DOMException `NotSupportedError` where WebCrypto has no Ed25519; TypeError on a page that is no secure context
 * @see RFC 9162 section 2.1.3.2, RFC 8785
 * @example
 * const proof = await answer(api.GET('/api/v1/audit-events/{id}/proof', { params: { path: { id: event.id } } }));
 * const verdict = await verifyAuditProof({ event, proof, keys });
 */
export async function verifyAuditProof({ event, proof, keys }: Given): Promise<AuditProofVerdict> {
  const { head } = proof;
  const path = proof.auditPath.map(fromHex);
  const root = fromHex(head.rootHash);
  const signature = fromBase64Url(head.signature);
  const sealedMs = Date.parse(head.sealedAt);
  const numbers = [sealedMs, head.treeSize, proof.leafIndex];
  if (!root || !signature || !numbers.every(isCount) || !path.every((hash) => hash !== null)) return no('malformed');
  const key = keys.keys.find(({ kid }) => kid === head.keyId);
  if (!key || fromBase64Url(key.x)?.length !== 32) return no('unknown_key');
  if (!(await isSigned(headData(head, sealedMs, root), signature, key.x))) return no('bad_signature');
  if (proof.treeSize !== head.treeSize) return no('other_head');
  const { keptLeaf } = proof;
  const leaf = keptLeaf === undefined ? await leafOf(event, proof.personal) : fromHex(keptLeaf);
  if (!leaf) return no('malformed');
  const reached = await rootFrom(leaf, proof.leafIndex, head.treeSize, path);
  if (!reached || !isSame(reached, root) || !(await fits(event, proof.personal))) return no('not_included');
  return keptLeaf === undefined ? { ok: true } : no('erased');
}

const no = (reason: AuditProofFault): AuditProofVerdict => ({ ok: false, reason });

const leafOf = (event: AuditEvent, personal: Personal): Promise<Bytes> =>
  hashed(0, new TextEncoder().encode(canonicalJson(storedFormOf(event, personal))));

type Party = NonNullable<AuditEvent['actor']>;

/** Whom the parts of an event are about that says nothing of users in clear text. */
function aboutOf({ actor, subject }: AuditEvent, { subject: ofSubject }: NonNullable<Personal>) {
  const isUser = (party: Party | null): boolean => party !== null && party.id !== null;
  // What users do to themselves is one part.
  const subjectIn = isUser(subject) ? (ofSubject || subject?.id !== actor?.id ? 'subject' : 'actor') : null;
  return { origin: isUser(actor) ? 'actor' : subjectIn, details: subjectIn };
}

/** Whether what the event says of users is what the hashes in its leaf stand for. */
async function fits(event: AuditEvent, personal: Personal): Promise<boolean> {
  if (personal === undefined) return true;
  const about = aboutOf(event, personal);
  for (const side of ['actor', 'subject'] as const) {
    const part = personal[side];
    if (!part?.salt) continue;
    const { name = '' } = event[side] ?? {};
    const { address, userAgent } = event;
    const details = Object.fromEntries(part.details.map((key) => [key, event.details[key]]));
    const text = canonicalJson({
      name,
      ...(about.origin === side ? { address, userAgent } : {}),
      ...(part.details.length > 0 ? { details } : {}),
    });
    const salt = fromHex(part.salt);
    const digest = fromHex(part.digest);
    if (!salt || !digest || !isSame(await sha256(salt, new TextEncoder().encode(text)), digest)) return false;
  }
  return true;
}

/** The event as the leaf is made of it: with hashes in the place of what it says of users. */
function storedFormOf(event: AuditEvent, personal: Personal): unknown {
  const { id, sequence, occurredAt, action, outcome, organizationId, requestId } = event;
  const isHashed = (of: Party): boolean => personal !== undefined && of.id !== null;
  const party = (of: Party | null) => of && { id: of.id, name: isHashed(of) ? '' : of.name };
  const [actor, subject] = [party(event.actor), party(event.subject)];
  const origin = personal === undefined ? null : aboutOf(event, personal).origin;
  const { address, userAgent } = origin === null ? event : { address: null, userAgent: null };
  const details = personal === undefined ? event.details : hashedDetails(event, personal);
  return {
    id,
    sequence,
    occurredAt,
    action,
    outcome,
    actor,
    subject,
    organizationId,
    address,
    userAgent,
    requestId,
    details,
  };
}

function hashedDetails({ details }: AuditEvent, { actor, subject }: NonNullable<Personal>): Record<string, unknown> {
  const within = [...(actor?.details ?? []), ...(subject?.details ?? [])];
  return {
    ...Object.fromEntries(Object.entries(details).filter(([name]) => !within.includes(name))),
    personal: {
      ...(actor ? { actor: actor.digest } : {}),
      ...(subject ? { subject: subject.digest } : {}),
    },
  };
}

/** @see RFC 8785 */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // By UTF-16 code units, as sort() compares.
  const members = value as Record<string, unknown>;
  const names = Object.keys(members).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`).join()}}`;
}

/** The root that leaf and path lead to; null where a tree of this size has no such leaf or path. @see RFC 9162 section 2.1.3.2 */
async function rootFrom(leaf: Bytes, leafIndex: number, size: number, path: readonly Bytes[]): Promise<Bytes | null> {
  if (leafIndex >= size) return null;
  // Not the operators of bits: those cut at 32.
  let [node, last] = [BigInt(leafIndex), BigInt(size - 1)];
  let hash = leaf;
  for (const beside of path) {
    if (last === 0n) return null;
    if (node % 2n === 1n || node === last) {
      hash = await hashed(1, beside, hash);
      while (node % 2n === 0n && node > 0n) [node, last] = [node / 2n, last / 2n];
    } else {
      hash = await hashed(1, hash, beside);
    }
    [node, last] = [node / 2n, last / 2n];
  }
  return last === 0n ? hash : null;
}

/** TreeHeadDataV2 without extensions. @see RFC 9162 section 4.10 */
function headData({ treeSize }: AuditHead, sealedMs: number, root: Bytes): Bytes {
  const data = new Uint8Array(51);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(sealedMs));
  view.setBigUint64(8, BigInt(treeSize));
  data[16] = root.length;
  data.set(root, 17);
  return data;
}

async function isSigned(data: Bytes, signature: Bytes, x: string): Promise<boolean> {
  const { subtle } = crypto;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x };
  const key = await subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify']);
  return subtle.verify({ name: 'Ed25519' }, key, signature, data);
}

const hashed = (prefix: number, ...parts: readonly Bytes[]): Promise<Bytes> => sha256(Uint8Array.of(prefix), ...parts);

async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isSame = (one: Bytes, other: Bytes): boolean => one.every((byte, index) => byte === other[index]);

const fromHex = (text: string): Bytes | null =>
  /^[0-9a-f]{64}$/.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) : null;

const fromBase64Url = (text: string): Bytes | null =>
  /^[\w-]+$/.test(text) && text.length % 4 !== 1
    ? Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    : null;
