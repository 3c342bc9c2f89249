import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/facts.tsx';
import { Lines } from '../../ui/lines.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import type { Connection } from './queries.ts';
import classes from './sso.module.css';

interface ConnectionStateProps {
  connection: Connection;
  /** Further facts, before these. */
  facts?: readonly (readonly [name: string, value: ReactNode])[];
}

/** When people came in through the connection last, when and why one did not, and what an admin should look at. */
export function ConnectionState({ connection, facts = [] }: ConnectionStateProps) {
  const { t } = useTranslation();
  const { lastSignInAt, lastFailure, warnings } = connection;
  return (
    <>
      <Facts
        items={[
          ...facts,
          [t('words.field.lastSignIn'), <RelativeTime key="in" value={lastSignInAt} />],
          [t('sso.page.lastFailure'), lastFailure ? <FailureText failure={lastFailure} /> : t('sso.page.none')],
        ]}
      />
      {warnings.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('sso.page.warnings')}
          className={classes.anywhere}
        >
          <Lines>{warnings}</Lines>
        </Alert>
      )}
    </>
  );
}

function FailureText({ failure }: { failure: NonNullable<Connection['lastFailure']> }) {
  const { t } = useTranslation();
  return (
    <>
      <RelativeTime value={failure.at} />
      <Text fz="sm" c="var(--mantine-color-error)">
        {failure.cause}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('sso.page.cause', { requestId: failure.requestId })}
      </Text>
    </>
  );
}
