import type { Fault } from '@sallyport/core';
import type { TFunction } from 'i18next';
import type { ConnectionDraft, SamlDraft } from './draft.ts';

type FieldOf<Draft> = Draft extends Draft ? keyof Draft : never;
type Field = FieldOf<ConnectionDraft>;
export type FieldErrors = Partial<Record<Field, string>>;

const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const isUrl = (value: string): boolean => /^https?:\/\//.test(value.trim()) && URL.canParse(value.trim());

/** What is missing or wrong before anything is sent, by field; the service judges the rest. */
export function draftFaults(t: TFunction, draft: ConnectionDraft, { hasSecret }: { hasSecret: boolean }): FieldErrors {
  const errors: FieldErrors = {};
  if (draft.name.trim() === '') errors.name = t('sso.form.nameMissing');
  if (draft.kind === 'saml') return { ...errors, ...samlFaults(t, draft) };

  const isPublic = draft.kind === 'oidc' && draft.clientAuthentication === 'none';
  if (draft.clientId.trim() === '') errors.clientId = t('sso.form.clientIdMissing');
  if (!isPublic && !hasSecret && draft.clientSecret.trim() === '') errors.clientSecret = t('sso.form.secretMissing');
  if (draft.kind === 'entra') {
    const wrong = draft.tenantIds.find((id) => !guid.test(id));
    if (wrong !== undefined) errors.tenantIds = t('sso.form.tenantIdsWrong', { value: wrong });
    if (draft.tenantIds.length === 0) errors.tenantIds = t('sso.form.tenantIdsMissing');
  }
  if (draft.kind === 'google' && draft.hostedDomains.length === 0)
    errors.hostedDomains = t('sso.form.hostedDomainsMissing');
  if (draft.kind === 'oidc' && !isUrl(draft.issuer)) errors.issuer = t('sso.form.issuerWrong');
  return errors;
}

function samlFaults(t: TFunction, draft: SamlDraft): FieldErrors {
  const errors: FieldErrors = {};
  if (draft.idpEntityId.trim() === '') errors.idpEntityId = t('sso.form.idpEntityIdMissing');
  if (!isUrl(draft.ssoUrl)) errors.ssoUrl = t('sso.form.ssoUrlWrong');
  if (draft.certificates.length === 0) errors.certificates = t('sso.certificates.missing');
  else if (!draft.compared) errors.compared = t('sso.certificates.confirmMissing');
  if (draft.subject === 'attribute' && draft.subjectAttribute.trim() === '')
    errors.subjectAttribute = t('sso.form.subjectAttributeMissing');
  return errors;
}

const renamed: Record<string, Field> = {
  'subject/name': 'subjectAttribute',
  'attributes/email': 'emailAttribute',
  'attributes/name': 'nameAttribute',
};

/**
 * The faults that the service found, by field.
 *
 * @returns with `complete` false when one of them has no field
 */
export function serviceFaults(
  faults: readonly Fault[],
  draft: ConnectionDraft,
): { errors: FieldErrors; complete: boolean } {
  const errors: FieldErrors = {};
  let complete = true;
  for (const { pointer, message } of faults) {
    const path = pointer.replace(/^#?\/(config\/)?/, '');
    const field = renamed[path] ?? path.split('/')[0] ?? '';
    if (isField(field, draft)) errors[field] ??= message;
    else complete = false;
  }
  return { errors, complete };
}

const isField = (name: string, draft: ConnectionDraft): name is Field => name !== 'kind' && name in draft;
