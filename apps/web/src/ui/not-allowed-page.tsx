import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MessagePage } from './message-page.tsx';

export function NotAllowedPage() {
  const { t } = useTranslation();
  return (
    <MessagePage
      icon={<IconLock size={30} aria-hidden />}
      title={t('app.notAllowed.title')}
      text={t('app.notAllowed.text')}
    >
      <Button component={Link} to="/">
        {t('app.goHome')}
      </Button>
    </MessagePage>
  );
}
