import { Badge, ThemeIcon, UnstyledButton } from '@mantine/core';
import {
  IconBuildingCommunity,
  IconChevronDown,
  IconDatabaseImport,
  IconDevices,
  IconKey,
  IconLogin2,
  IconMail,
  IconSettings,
  IconShieldLock,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../base/api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { absoluteTime } from '../../ui/relative-time.ts';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './audit.module.css';
import { detailText } from './detail-text.ts';
import { nameOf, sentenceOf } from './sentence.ts';
import { audit } from './texts.ts';

const icons: Record<string, TablerIcon> = {
  session: IconDevices,
  device: IconDevices,
  backup_code: IconKey,
  mfa: IconShieldLock,
  password: IconKey,
  invitation: IconMail,
  user: IconUser,
  users: IconDatabaseImport,
  seed: IconDatabaseImport,
  organization: IconBuildingCommunity,
  settings: IconSettings,
  local_sign_in: IconSettings,
  sso: IconLogin2,
  identity: IconUser,
  domain: IconBuildingCommunity,
  keys: IconKey,
};

const isDetail = (name: string): name is keyof typeof audit.detail => Object.hasOwn(audit.detail, name);

/** One event as a sentence that opens to everything known of it. */
export function EventRow({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const failed = event.outcome === 'failure';
  const Icon =
    event.action === 'session.signed_in' ? IconLogin2 : (icons[event.action.split('.')[0] ?? ''] ?? IconUser);

  return (
    <li className={classes.event}>
      <UnstyledButton
        className={classes.summary ?? ''}
        aria-expanded={open}
        aria-controls={open ? detailsId : undefined}
        onClick={() => setOpen(!open)}
      >
        <ThemeIcon variant="light" radius="xl" size={32} color={failed ? 'red' : 'gray'}>
          <Icon size={18} stroke={1.7} aria-hidden />
        </ThemeIcon>
        <span className={classes.sentence}>
          {sentenceOf(t, event)}{' '}
          {failed && (
            <Badge color="red" variant="light" size="sm" ml={4} component="span">
              {t('audit.failed')}
            </Badge>
          )}
        </span>
        <span className={classes.time}>
          <RelativeTime value={event.occurredAt} />
        </span>
        <IconChevronDown size={18} className={classes.chevron} aria-hidden />
      </UnstyledButton>
      {open && (
        <div id={detailsId} className={classes.details}>
          <EventFacts event={event} />
        </div>
      )}
    </li>
  );
}

function EventFacts({ event }: { event: AuditEvent }) {
  const { t, i18n } = useTranslation();
  const facts: [string, string][] = [
    [t('audit.fields.time'), absoluteTime(Date.parse(event.occurredAt), i18n.language)],
    [t('audit.fields.actor'), nameOf(t, event.actor) ?? '–'],
    [t('audit.fields.subject'), nameOf(t, event.subject) ?? '–'],
    [t('audit.fields.address'), event.address ?? '–'],
    [t('audit.fields.device'), event.userAgent || '–'],
    ...Object.entries(event.details).map(([name, value]): [string, string] => [
      isDetail(name) ? t(`audit.detail.${name}`) : name,
      detailText(value),
    ]),
    [t('audit.fields.action'), event.action],
    [t('audit.fields.requestId'), event.requestId ?? '–'],
    [t('audit.fields.sequence'), String(event.sequence)],
  ];
  return <Facts items={facts} />;
}
