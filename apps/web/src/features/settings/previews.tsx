import { Text } from '@mantine/core';
import type { OwnSettings } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { SettingPreview } from './setting-preview.tsx';

interface LocalSignInPreviewProps {
  organizationId: string;
  /** What saving would switch off; null while it would switch nothing off. */
  switchingOff: Pick<OwnSettings, 'localSignInEnabled'> | null;
}

/** Who would be left without a way in without local sign-in: by the button, and at once where saving would switch it off. */
export function LocalSignInPreview({ organizationId, switchingOff }: LocalSignInPreviewProps) {
  const { t } = useTranslation();
  return (
    <SettingPreview
      organizationId={organizationId}
      setting={t('settings.localSignIn')}
      changes={switchingOff ?? { localSignInEnabled: false }}
      isShown={switchingOff !== null}
      of="stranded"
      title={(count) => (count > 0 ? t('settings.preview.stranded', { count }) : t('settings.preview.nobody'))}
    >
      {({ customers, inGrace, ready }) => (
        <>
          {inGrace > 0 && <Text fz="sm">{t('settings.preview.byMail', { count: inGrace })}</Text>}
          <Text fz="sm">{t('settings.preview.ready', { count: ready })}</Text>
          {customers.length > 0 && (
            <Text fz="sm">
              {t('settings.preview.customers', { names: customers.map(({ name }) => name).join(', ') })}
            </Text>
          )}
        </>
      )}
    </SettingPreview>
  );
}

interface MfaPreviewProps {
  organizationId: string;
  /** As they stand in the form. */
  settings: Pick<OwnSettings, 'mfaRequired' | 'mfaGraceDays' | 'mfaPhishingResistant'>;
  /** Whether the service would take them. */
  isValid: boolean;
}

/** Who is ready for what stands in the form, who has days left, and who would be stopped today. */
export function MfaPreview({ organizationId, settings, isValid }: MfaPreviewProps) {
  const { t } = useTranslation();
  return (
    <SettingPreview
      organizationId={organizationId}
      setting={t('settings.mfaRequired')}
      changes={settings}
      isValid={isValid}
      of="stranded"
      groups={['ready', 'in_grace', 'stranded']}
      title={(count) => (count > 0 ? t('settings.preview.stopped', { count }) : t('settings.preview.nobodyStopped'))}
    />
  );
}

interface EffectPreviewProps {
  organizationId: string;
  name:
    | 'passwordlessEnabled'
    | 'passkeyModels'
    | 'rememberedDeviceDays'
    | 'resetNeedsSecondAdmin'
    | 'recoveryDelayHours';
  /** Of that setting, as it would be saved. */
  changes: Partial<OwnSettings>;
  isValid?: boolean;
}

/** For whom something becomes otherwise, though they come in as before. */
export function EffectPreview({ name, ...preview }: EffectPreviewProps) {
  const { t } = useTranslation();
  return (
    <SettingPreview
      {...preview}
      setting={t(`settings.${name}`)}
      of="otherwise"
      title={(count) => (count > 0 ? t(`settings.preview.${name}`, { count }) : t('settings.preview.nobodyElse'))}
    />
  );
}
