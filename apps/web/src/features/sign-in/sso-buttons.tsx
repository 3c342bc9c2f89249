import { Alert, Button, Divider, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type SignInOptions, signInOptionsQuery } from './queries.ts';

const typingPauseMs = 350;

/** How the domain of the typed address signs in, once the typing pauses at what looks like an address. */
export function useSignInOptions(email: string): SignInOptions | undefined {
  const [address] = useDebouncedValue(email, typingPauseMs);
  return useQuery(signInOptionsQuery(address)).data;
}

/** The ways to sign in that a domain offers besides the password. */
export function SsoButtons({ options, returnTo }: { options: SignInOptions; returnTo: string }) {
  const { t } = useTranslation();
  const { localSignIn, connections } = options;
  if (localSignIn && connections.length === 0) return null;

  const start = (id: string) =>
    window.location.assign(`/api/v1/auth/sso/${id}/start?${new URLSearchParams({ returnTo })}`);

  return (
    <Stack gap="sm">
      {!localSignIn && (
        <Alert role="status" icon={<IconInfoCircle aria-hidden />} title={t('signIn.ssoOnly.title')}>
          {t(connections.length > 0 ? 'signIn.ssoOnly.text' : 'signIn.ssoOnly.noConnection')}
        </Alert>
      )}
      {connections.map(({ id, name }) => (
        <Button
          key={id}
          size="md"
          variant={localSignIn ? 'default' : 'filled'}
          leftSection={<IconBuilding size={18} aria-hidden />}
          onClick={() => start(id)}
        >
          {t('signIn.ssoButton', { name })}
        </Button>
      ))}
      {localSignIn && <Divider label={t('signIn.or')} />}
    </Stack>
  );
}
