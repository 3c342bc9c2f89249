import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { MfaState } from '../../base/api/types.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { News } from '../../ui/news.tsx';
import { absoluteTime } from '../../ui/relative-time.ts';
import { useRemoveCandidate } from './queries.ts';

interface CandidatePanelProps {
  candidate: NonNullable<MfaState['candidate']>;
  /** Whether it was set up just now, on this page. */
  isNew: boolean;
}

/** A new phone waits for its first sign-in: what is left to do, until when, and the way back. */
export function CandidatePanel({ candidate, isNew }: CandidatePanelProps) {
  const { t, i18n } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const remove = useRemoveCandidate();
  return (
    <News color="green" takesFocus={isNew} title={t('mfa.phone.waitingTitle')}>
      <Text fz="xs" fw={600} c="dimmed">
        {t('mfa.enroll.steps', { step: 3 })}
      </Text>
      <Text fz="sm" mb="sm" maw="65ch">
        {t('mfa.phone.waitingText', { when: absoluteTime(Date.parse(candidate.expiresAt), i18n.language) })}
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={dialog.open}>
          {t('mfa.phone.giveUp')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('mfa.phone.giveUpTitle')}
        text={t('mfa.phone.giveUpText')}
        confirm={t('mfa.phone.giveUp')}
        mutation={remove}
        onConfirm={() => remove.mutate(undefined, { onSuccess: dialog.close })}
      />
    </News>
  );
}
