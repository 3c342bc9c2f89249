import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

interface QueryViewProps<T> {
  query: { data: T | undefined; error: unknown; isFetching: boolean; refetch: () => unknown };
  /** Shown until the first answer; shaped like what will come, so that nothing jumps. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** One query in its three states. Data once fetched stays on the screen when a later refresh fails. */
export function QueryView<T>({ query, skeleton, children }: QueryViewProps<T>) {
  const { t } = useTranslation();
  const { data, error, refetch, isFetching } = query;
  if (data !== undefined) return children(data);
  if (!error) return <div aria-busy="true">{skeleton}</div>;
  return (
    <ProblemAlert error={error} takesFocus={false}>
      <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
        {t('ui.tryAgain')}
      </Button>
    </ProblemAlert>
  );
}
