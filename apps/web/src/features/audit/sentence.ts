import type { TFunction } from 'i18next';
import type { AuditEvent } from '../../base/api/types.ts';
import { isAuditAction } from './actions.ts';
import { audit } from './texts.ts';

type OwnTopic = keyof typeof audit.own;

/** Whether there is a shorter sentence for what a user did to itself. */
function isOwn(event: Pick<AuditEvent, 'action' | 'actor' | 'subject'>): event is typeof event & {
  action:
    | 'password.changed'
    | 'session.revoked'
    | 'user.updated'
    | 'user.exported'
    | 'identity.linked'
    | 'identity.unlinked';
} {
  const [topic = '', happening = ''] = event.action.split('.');
  const same = event.actor?.id != null && event.actor.id === event.subject?.id;
  return same && topic in audit.own && happening in audit.own[topic as OwnTopic];
}

/** The name of a party; of a user who was erased, that it was. */
export const nameOf = (t: TFunction, party: AuditEvent['actor']): string | undefined =>
  party?.erased ? t('audit.erased') : party?.name;

/** An event as one sentence; the bare action where a newer service knows more kinds of events than this page. */
export function sentenceOf(t: TFunction, event: Pick<AuditEvent, 'action' | 'actor' | 'subject' | 'details'>): string {
  const { action, actor, subject, details } = event;
  if (!isAuditAction(action)) return action;
  const named = Array.isArray(details.name) ? details.name.at(-1) : details.name;
  const name = named ?? details.connectionName ?? details.domain;
  const names = {
    who: nameOf(t, actor) ?? nameOf(t, subject) ?? t('audit.somebody'),
    whom: nameOf(t, subject) ?? nameOf(t, actor) ?? t('audit.noName'),
    name: typeof name === 'string' ? name : '',
  };
  return isOwn(event) ? t(`audit.own.${event.action}`, names) : t(`audit.sentences.${action}`, names).trim();
}
