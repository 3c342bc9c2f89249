import { Alert, Button, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import type { OwnSettings, PreviewGroup } from '@sallyport/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '../../ui/query-view.tsx';
import { PreviewedUsers } from './previewed-users.tsx';
import { type Preview, previewQuery } from './queries.ts';

interface SettingPreviewProps {
  organizationId: string;
  /** Name of the setting, for who hears the button without what stands around it: the manual calls each `Preview`. */
  setting: string;
  /** What is previewed. */
  changes: Partial<OwnSettings>;
  /** Whether the service would take them. */
  isValid?: boolean;
  /** Shown without being asked for. */
  isShown?: boolean;
  /** Those that one looks for: listed first, and warned of where there are any. */
  of: PreviewGroup;
  /** Those that can be listed too. */
  groups?: readonly PreviewGroup[];
  title: (count: number) => string;
  /** What there is to say besides. */
  children?: (preview: Preview) => ReactNode;
}

/** Whom a change of a setting concerns, by name, before it is saved. */
export function SettingPreview(props: SettingPreviewProps) {
  const {
    organizationId,
    setting,
    changes,
    isValid = true,
    isShown = false,
    of,
    groups = [of],
    title,
    children,
  } = props;
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [group, setGroup] = useState(of);
  const shown = isValid && (asked || isShown);
  const preview = useInfiniteQuery(previewQuery(organizationId, changes, shown, group));
  return (
    <Stack gap="xs" mt="xs" align="flex-start" role="group" aria-label={t('settings.preview.of', { setting })}>
      <Button
        variant="default"
        size="xs"
        aria-description={setting}
        disabled={!isValid}
        loading={preview.isFetching}
        onClick={() => (shown ? void preview.refetch() : setAsked(true))}
      >
        {t('settings.preview.button')}
      </Button>
      {shown && (
        <QueryView query={preview} skeleton={<Skeleton height={90} />}>
          {(page) => {
            const { otherwise, inGrace, ready, stranded, users } = page;
            const counts = { ready, otherwise, in_grace: inGrace, stranded };
            return (
              <Alert
                role="status"
                w="100%"
                color={counts[of] > 0 ? 'yellow' : 'gray'}
                icon={counts[of] > 0 ? <IconAlertTriangle aria-hidden /> : <IconUsers aria-hidden />}
                title={title(counts[of])}
              >
                <Stack gap="xs">
                  {groups.length > 1 && (
                    <>
                      <SegmentedControl
                        fullWidth
                        size="xs"
                        aria-label={t('settings.preview.groups')}
                        value={group}
                        onChange={setGroup}
                        data={groups.map((value) => ({
                          value,
                          label: t(`settings.preview.group.${value}`, { count: counts[value] }),
                        }))}
                      />
                      {users.length === 0 && <Text fz="sm">{t('settings.preview.none')}</Text>}
                    </>
                  )}
                  <PreviewedUsers users={users} preview={preview} />
                  {children?.(page)}
                </Stack>
              </Alert>
            );
          }}
        </QueryView>
      )}
    </Stack>
  );
}
