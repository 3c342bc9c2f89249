import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import type { OwnSettings } from '@sallyport/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '../../ui/query-view.tsx';
import { PreviewedUsers } from './previewed-users.tsx';
import { previewQuery } from './queries.ts';

interface LocalSignInPreviewProps {
  organizationId: string;
  /** What saving would switch off; null while it would switch nothing off. */
  switchingOff: Pick<OwnSettings, 'localSignInEnabled'> | null;
}

/** Who would be left without a way in without local sign-in: by the button, and at once where saving would switch it off. */
export function LocalSignInPreview({ organizationId, switchingOff }: LocalSignInPreviewProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const shown = asked || switchingOff !== null;
  const preview = useInfiniteQuery(previewQuery(organizationId, switchingOff ?? { localSignInEnabled: false }, shown));
  return (
    <Stack gap="xs" mt="xs" align="flex-start" role="group" aria-label={t('settings.localSignIn')}>
      <Button
        variant="default"
        size="xs"
        loading={preview.isFetching}
        onClick={() => (shown ? void preview.refetch() : setAsked(true))}
      >
        {t('settings.preview.button')}
      </Button>
      {shown && (
        <QueryView query={preview} skeleton={<Skeleton height={90} />}>
          {({ customers, inGrace, ready, stranded, users }) => (
            <Alert
              role="status"
              w="100%"
              color={stranded > 0 ? 'yellow' : 'gray'}
              icon={stranded > 0 ? <IconAlertTriangle aria-hidden /> : <IconUsers aria-hidden />}
              title={stranded > 0 ? t('settings.preview.stranded', { count: stranded }) : t('settings.preview.nobody')}
            >
              <Stack gap="xs">
                <PreviewedUsers users={users} preview={preview} />
                {inGrace > 0 && <Text fz="sm">{t('settings.preview.byMail', { count: inGrace })}</Text>}
                <Text fz="sm">{t('settings.preview.ready', { count: ready })}</Text>
                {customers.length > 0 && (
                  <Text fz="sm">
                    {t('settings.preview.customers', { names: customers.map(({ name }) => name).join(', ') })}
                  </Text>
                )}
              </Stack>
            </Alert>
          )}
        </QueryView>
      )}
    </Stack>
  );
}
