import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MessagePage } from './message-page.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <MessagePage
      icon={<IconMapQuestion size={30} aria-hidden />}
      title={t('app.notFound.title')}
      text={t('app.notFound.text')}
    >
      <Button component={Link} to="/">
        {t('app.goHome')}
      </Button>
    </MessagePage>
  );
}
