import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconShieldOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MfaState } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { mfaQuery } from '../../base/session/mfa.ts';
import { News } from '../../ui/news.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { AppCheck } from './app-check.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { CandidatePanel } from './candidate-panel.tsx';
import { EnrollmentPanel } from './enrollment.tsx';
import { FactorList } from './factor-list.tsx';
import { StatusPanel } from './status-panel.tsx';
import { setUnsavedCodes, useUnsavedCodes } from './unsaved-codes.ts';
import { useLeaveWarning } from './use-leave-warning.tsx';
import { WaitingReset } from './waiting-reset.tsx';

const RecoveryAddress = lazy(() => import('./recovery-address.tsx'));
const ChangePhone = lazy(() => import('./change-phone.tsx'));

export function Component() {
  const { t } = useTranslation();
  const state = useQuery(mfaQuery);
  const unsaved = useUnsavedCodes();
  const [settingUp, setSettingUp] = useState<'app' | 'phone' | null>(null);
  const [changed, setChanged] = useState(false);
  const leave = () => setSettingUp(null);
  const [disabled, setDisabled] = useState(false);
  useLeaveWarning(unsaved !== null);

  return (
    <>
      <PageHeading description={settingUp ? undefined : t('mfa.description')}>{t('mfa.title')}</PageHeading>
      <Stack gap="md">
        {unsaved && <BackupCodes key={unsaved.codes[0]} {...unsaved} onDone={() => setUnsavedCodes(null)} />}
        {disabled && (
          <News color="green" role="alert" title={t('mfa.disable.doneTitle')}>
            {t('mfa.disable.doneText')}
          </News>
        )}
        <QueryView query={state} skeleton={<Skeleton height={180} radius="lg" />}>
          {(mfa) =>
            settingUp === 'app' ? (
              <EnrollmentPanel onCancel={leave} onDone={leave} />
            ) : settingUp === 'phone' ? (
              <Suspense fallback={<Skeleton height={180} radius="lg" />}>
                <ChangePhone
                  onCancel={leave}
                  onDone={() => {
                    setChanged(true);
                    leave();
                  }}
                />
              </Suspense>
            ) : mfa.enabled ? (
              <>
                <WaitingReset reset={mfa.pendingReset} />
                <AppCheck />
                {mfa.candidate && <CandidatePanel candidate={mfa.candidate} isNew={changed} />}
                <StatusPanel state={mfa} onDisabled={() => setDisabled(true)} />
                <FactorList
                  state={mfa}
                  onAddApp={() => setSettingUp('app')}
                  onChangePhone={() => setSettingUp('phone')}
                  onDisabled={() => setDisabled(true)}
                />
                <Suspense>
                  <RecoveryAddress />
                </Suspense>
              </>
            ) : (
              !unsaved && (
                <OffPanel
                  state={mfa}
                  onEnable={() => {
                    setDisabled(false);
                    setSettingUp('app');
                  }}
                />
              )
            )
          }
        </QueryView>
      </Stack>
    </>
  );
}

/** MFA is off: the button, or why there is none. */
function OffPanel({ state, onEnable }: { state: MfaState; onEnable: () => void }) {
  const { t } = useTranslation();
  const { phishingResistant } = useMe().mfa.policy;
  if (!state.canEnroll) {
    const why = state.reason === 'local_sign_in_disabled' ? 'localOff' : 'sso';
    return (
      <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={t(`mfa.off.${why}Title`)}>
        {t(`mfa.off.${why}Text`)}
      </Alert>
    );
  }
  return (
    <Panel
      title={
        <>
          <IconShieldOff size={22} aria-hidden style={{ verticalAlign: '-5px', marginInlineEnd: 8 }} />
          {t('mfa.off.title')}
        </>
      }
    >
      <Text maw="60ch">{t('mfa.off.text')}</Text>
      <Group gap="xs">
        {!phishingResistant && <Button onClick={onEnable}>{t('mfa.off.enable')}</Button>}
        <AddPasskey variant={phishingResistant ? 'filled' : 'default'} />
      </Group>
    </Panel>
  );
}
