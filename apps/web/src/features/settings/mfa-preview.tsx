import { Alert, Button, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { type OwnSettings, PREVIEW_GROUPS, type PreviewGroup } from '@sallyport/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '../../ui/query-view.tsx';
import { PreviewedUsers } from './previewed-users.tsx';
import { previewQuery } from './queries.ts';

interface MfaPreviewProps {
  organizationId: string;
  /** As they stand in the form. */
  settings: Pick<OwnSettings, 'mfaRequired' | 'mfaGraceDays' | 'mfaPhishingResistant'>;
  /** Whether the service would take them. */
  isValid: boolean;
}

/** Who is ready for what stands in the form, who has days left, and who would be stopped today: by name, before it is saved. */
export function MfaPreview({ organizationId, settings, isValid }: MfaPreviewProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [group, setGroup] = useState<PreviewGroup>('stranded');
  const preview = useInfiniteQuery(previewQuery(organizationId, settings, asked && isValid, group));
  return (
    <Stack gap="xs" align="flex-start" role="group" aria-label={t('settings.mfaRequired')}>
      <Button
        variant="default"
        size="xs"
        disabled={!isValid}
        loading={preview.isFetching}
        onClick={() => (asked ? void preview.refetch() : setAsked(true))}
      >
        {t('settings.preview.button')}
      </Button>
      {asked && isValid && (
        <QueryView query={preview} skeleton={<Skeleton height={120} />}>
          {({ inGrace, ready, stranded, users }) => {
            const counts = { ready, in_grace: inGrace, stranded };
            return (
              <Alert
                role="status"
                w="100%"
                color={stranded > 0 ? 'yellow' : 'gray'}
                icon={stranded > 0 ? <IconAlertTriangle aria-hidden /> : <IconUsers aria-hidden />}
                title={
                  stranded > 0
                    ? t('settings.mfaPreview.stopped', { count: stranded })
                    : t('settings.mfaPreview.nobodyStopped')
                }
              >
                <Stack gap="xs">
                  <SegmentedControl
                    fullWidth
                    size="xs"
                    aria-label={t('settings.mfaPreview.groups')}
                    value={group}
                    onChange={setGroup}
                    data={PREVIEW_GROUPS.map((value) => ({
                      value,
                      label: t(`settings.mfaPreview.group.${value}`, { count: counts[value] }),
                    }))}
                  />
                  {users.length === 0 && <Text fz="sm">{t('settings.mfaPreview.nobody')}</Text>}
                  <PreviewedUsers users={users} preview={preview} />
                </Stack>
              </Alert>
            );
          }}
        </QueryView>
      )}
    </Stack>
  );
}
