import { Button, List } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Preview } from './queries.ts';

interface PreviewedUsersProps {
  users: Preview['users'];
  preview: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}

/** Those of a preview by name, each with why, and a button for more of them. */
export function PreviewedUsers({ users, preview }: PreviewedUsersProps) {
  const { t } = useTranslation();
  return (
    <>
      {users.length > 0 && (
        <List size="sm">
          {users.map(({ id, email, name, organization, why }) => (
            <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
              <Link to={`/users/${id}/edit`}>{name}</Link> ({email}, {organization.name}):{' '}
              {t(`settings.preview.why.${why}`)}
            </List.Item>
          ))}
        </List>
      )}
      {preview.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={preview.isFetchingNextPage}
          onClick={() => void preview.fetchNextPage()}
        >
          {t('ui.loadMore')}
        </Button>
      )}
    </>
  );
}
