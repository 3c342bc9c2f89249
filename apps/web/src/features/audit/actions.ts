import { audit } from './texts.ts';

type Sentences = typeof audit.actions;
export type AuditAction = {
  [Topic in keyof Sentences]: `${Topic}.${Extract<keyof Sentences[Topic], string>}`;
}[keyof Sentences];

/** Every kind of event that there is a text for, in the order of the texts. */
export const auditActions = Object.entries(audit.actions).flatMap(([topic, happenings]) =>
  Object.keys(happenings).map((happening) => `${topic}.${happening}`),
) as AuditAction[];

export function isAuditAction(value: string | null): value is AuditAction {
  return value !== null && (auditActions as string[]).includes(value);
}
