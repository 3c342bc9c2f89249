import { Alert, Button, Divider, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signInOptionsQuery } from './queries.ts';

const typingPauseMs = 350;

/** The ways to sign in that the domain of the typed address offers besides the password. */
export function SsoButtons({ email, returnTo }: { email: string; returnTo: string }) {
  const { t } = useTranslation();
  const [address] = useDebouncedValue(email, typingPauseMs);
  const { data } = useQuery(signInOptionsQuery(address));
  if (!data || (data.localSignIn && data.connections.length === 0)) return null;

  const start = (id: string) =>
    window.location.assign(`/api/v1/auth/sso/${id}/start?${new URLSearchParams({ returnTo })}`);

  return (
    <Stack gap="sm">
      {!data.localSignIn && (
        <Alert role="status" icon={<IconInfoCircle aria-hidden />} title={t('signIn.ssoOnly.title')}>
          {t(data.connections.length > 0 ? 'signIn.ssoOnly.text' : 'signIn.ssoOnly.noConnection')}
        </Alert>
      )}
      {data.connections.map(({ id, name }) => (
        <Button
          key={id}
          size="md"
          variant="default"
          leftSection={<IconBuilding size={18} aria-hidden />}
          onClick={() => start(id)}
        >
          {t('signIn.ssoButton', { name })}
        </Button>
      ))}
      {data.localSignIn && <Divider label={t('signIn.or')} />}
    </Stack>
  );
}
