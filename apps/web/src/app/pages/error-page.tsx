import { Button } from '@mantine/core';
import { ApiError } from '@sallyport/client';
import { IconCloudOff, IconMoodPuzzled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { MessagePage, NotFoundPage } from '../../ui/message-page.tsx';
import { useProblemText } from '../../ui/problem-text.ts';

/** What is shown in place of a page that failed. Loading again also fetches the newest version of the SPA. */
export function ErrorPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const { title, text } = useProblemText(error);
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;

  const away = error instanceof ApiError && (error.code === 'network' || error.status === 503);
  const requestId = error instanceof ApiError && error.requestId;
  return (
    <MessagePage
      icon={away ? IconCloudOff : IconMoodPuzzled}
      title={title}
      text={[text, requestId && t('problem.requestId', { id: requestId })].filter(Boolean).join(' ')}
    >
      <Button onClick={() => window.location.reload()}>{t('ui.tryAgain')}</Button>
    </MessagePage>
  );
}
