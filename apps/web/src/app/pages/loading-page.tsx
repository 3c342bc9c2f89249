import { Center, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Until the first page is there. */
export function LoadingPage() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh">
      <Loader type="dots" role="status" aria-label={t('app.loading')} />
    </Center>
  );
}
