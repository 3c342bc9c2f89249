import { Alert, Button, Divider, Stack } from '@mantine/core';
import type { SignInOptions } from '@sallyport/react';
import { IconBuilding, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The ways to sign in that a domain offers besides the password. */
export function SsoButtons({ options, returnTo }: { options: SignInOptions; returnTo: string }) {
  const { t } = useTranslation();
  const { localSignIn, connections } = options;
  const [leavingTo, setLeavingTo] = useState<string | null>(null);

  useEffect(() => {
    // Back from the provider by the browser's button, to the page as it was left.
    const rest = () => setLeavingTo(null);
    window.addEventListener('pageshow', rest);
    return () => window.removeEventListener('pageshow', rest);
  }, []);

  if (localSignIn && connections.length === 0) return null;

  const start = (id: string) => {
    setLeavingTo(id);
    window.location.assign(`/api/v1/auth/sso/${id}/start?${new URLSearchParams({ returnTo })}`);
  };

  return (
    <Stack gap="sm">
      {localSignIn && <Divider label={t('signIn.or')} />}
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
          loading={leavingTo === id}
          onClick={() => start(id)}
        >
          {t('signIn.ssoButton', { name })}
        </Button>
      ))}
    </Stack>
  );
}
