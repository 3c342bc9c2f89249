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
import type { TFunction } from 'i18next';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../base/api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { absoluteTime } from '../../ui/relative-time.ts';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './audit.module.css';
import { detailText } from './detail-text.ts';
import { sentenceOf } from './sentence.ts';
import { audit } from './texts.ts';

const icons: Record<string, TablerIcon> = {
  account: IconUser,
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

interface EventRowProps {
  event: Pick<AuditEvent, 'action' | 'actor' | 'details' | 'occurredAt' | 'outcome' | 'subject'>;
  /** What is known of it beside its time and its details. */
  facts: { before: Fact[]; after: Fact[] };
  /** Below the facts: what can be done about it. */
  children?: ReactNode;
}

export type Fact = readonly [name: string, value: string];

/** One event as a sentence that opens to everything known of it. */
export function EventRow({ event, facts, children }: EventRowProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const time = [t('audit.fields.time'), absoluteTime(Date.parse(event.occurredAt), i18n.language)] as const;
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
          <Facts items={[time, ...facts.before, ...detailsOf(t, event.details), ...facts.after]} />
          {children}
        </div>
      )}
    </li>
  );
}

const detailsOf = (t: TFunction, details: AuditEvent['details']): Fact[] =>
  Object.entries(details).map(([name, value]) => [
    isDetail(name) ? t(`audit.detail.${name}`) : name,
    detailText(value),
  ]);
