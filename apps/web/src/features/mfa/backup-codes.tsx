import { Alert, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { download } from '../../ui/download.ts';
import { Panel } from '../../ui/panel.tsx';
import { backupCodesFile } from './backup-codes-file.ts';
import classes from './mfa.module.css';

interface BackupCodesProps {
  codes: readonly string[];
  origin: 'enrolled' | 'regenerated';
  onDone: () => void;
}

/** The ten codes, shown once, with three ways to keep them and a box to tick when they are kept. */
export function BackupCodes({ codes, origin, onDone }: BackupCodesProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [saved, setSaved] = useState(false);
  const [message, setMessage] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(new Date());
  const account = t('mfa.codes.file.account', { email: me.email });
  const made = t('mfa.codes.file.date', { date });

  useEffect(() => heading.current?.focus(), []);

  const say = (text: string) => {
    setMessage(text);
    announce(text);
  };
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => say(t('mfa.codes.copied')),
      () => say(t('mfa.codes.copyFailed')),
    );
  const save = () =>
    download(
      'sallyport-backup-codes.txt',
      backupCodesFile([t('mfa.codes.file.title'), account, made, t('mfa.codes.file.note')], codes),
      'text/plain',
    );

  return (
    <Panel>
      <Alert
        color="green"
        icon={<IconCircleCheck aria-hidden />}
        title={t(origin === 'enrolled' ? 'mfa.codes.enabled' : 'mfa.codes.regenerated')}
      >
        {origin === 'enrolled' && t('mfa.codes.enabledText')}
      </Alert>
      <div>
        {origin === 'enrolled' && (
          <Text fz="xs" fw={600} c="dimmed">
            {t('mfa.codes.step')}
          </Text>
        )}
        <Title order={2} ref={heading} tabIndex={-1}>
          {t('mfa.codes.title')}
        </Title>
        <Text c="dimmed" fz="sm" maw="65ch">
          {t('mfa.codes.text')}
        </Text>
      </div>
      <div className="print-only-this">
        <div className={classes.printed}>
          <p>
            <strong>{t('mfa.codes.file.title')}</strong>
          </p>
          <p>{account}</p>
          <p>{made}</p>
          <p>{t('mfa.codes.file.note')}</p>
        </div>
        <ul className={classes.codes} aria-label={t('mfa.codes.title')}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <Stack gap="xs">
        <Group gap="xs">
          <Button variant="default" leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void copy()}>
            {t('mfa.codes.copy')}
          </Button>
          <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />} onClick={save}>
            {t('mfa.codes.download')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            {t('mfa.codes.print')}
          </Button>
        </Group>
        <Text fz="sm" c="dimmed" mih="1.4em">
          {message}
        </Text>
      </Stack>
      <Group justify="space-between">
        <Checkbox
          label={t('mfa.codes.saved')}
          checked={saved}
          onChange={(event) => setSaved(event.currentTarget.checked)}
        />
        <Button disabled={!saved} onClick={onDone}>
          {t('mfa.codes.done')}
        </Button>
      </Group>
    </Panel>
  );
}
