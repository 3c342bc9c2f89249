import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SaveLine } from '../../ui/save-line.tsx';
import { useExport } from './queries.ts';

interface PersonalDataPanelProps {
  /** Whose data; one's own without it. */
  userId?: string;
  description: string;
  /** What else can be done with the data. */
  children?: ReactNode;
}

/** Gives out what is kept of a person, as a file. */
export function PersonalDataPanel({ userId, description, children }: PersonalDataPanelProps) {
  const { t } = useTranslation();
  const exporting = useExport(userId);
  return (
    <Panel title={t('personalData.title')} description={description}>
      <ProblemAlert error={exporting.error} />
      <Group gap="xs">
        <SaveLine
          variant="default"
          mutation={exporting}
          message={exporting.isSuccess ? t('personalData.exported') : ''}
          onClick={() => exporting.mutate(undefined, { onSuccess: () => announce(t('personalData.exported')) })}
        >
          {t(userId === undefined ? 'personalData.exportOwn' : 'personalData.export')}
        </SaveLine>
        {children}
      </Group>
    </Panel>
  );
}
