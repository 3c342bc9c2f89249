import { Alert, Stack, Table, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/facts.tsx';
import { Lines } from '../../ui/lines.tsx';
import { News } from '../../ui/news.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import type { TestResult } from './queries.ts';
import classes from './sso.module.css';

/** What a test showed: what is wrong in words, whom it would sign in, and everything that the provider sent. */
export function TestReport({ result, takesFocus }: { result: TestResult; takesFocus: boolean }) {
  const { t } = useTranslation();
  const { at, outcome, testedBy, current, faults, account, received, requestId, ofChange, applied } = result;
  const success = outcome === 'success';

  return (
    <Stack gap="md" className={classes.anywhere}>
      <News
        color={success ? 'green' : 'red'}
        {...(takesFocus ? { role: 'alert' } : { role: 'note', takesFocus })}
        title={t(`sso.test.${outcome}`)}
      >
        <Lines>{faults}</Lines>
        {account && (
          <Text fz="sm">
            {t('sso.test.effect')}: {account.effect}
          </Text>
        )}
        {success && ofChange && <Text fz="sm">{t(applied ? 'sso.change.applied' : 'sso.change.notApplied')}</Text>}
      </News>
      {!current && (
        <Alert color="yellow" icon={<IconHistory aria-hidden />}>
          {t('sso.test.stale')}
        </Alert>
      )}
      <Facts
        items={[
          [t('sso.test.when'), <RelativeTime key="at" value={at} />],
          [t('sso.test.by'), testedBy],
          ...(account
            ? ([
                [t('sso.test.issuer'), account.issuer],
                [t('sso.test.subject'), account.subject],
                [t('sso.test.email'), account.email ?? t('sso.test.noValue')],
                [t('sso.test.name'), account.name ?? t('sso.test.noValue')],
                [t('sso.test.multiFactor'), t(`sso.test.multiFactor${account.multiFactor ? 'Yes' : 'No'}`)],
              ] as const)
            : []),
          [t('sso.test.request'), requestId],
        ]}
      />
      {received.length > 0 && <Received received={received} />}
    </Stack>
  );
}

function Received({ received }: Pick<TestResult, 'received'>) {
  const { t } = useTranslation();
  return (
    <div>
      <Title order={3} mb="xs" id="received">
        {t('sso.test.received')}
      </Title>
      <Table fz="sm" className={classes.received} aria-labelledby="received">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sso.test.receivedColumns.name')}</Table.Th>
            <Table.Th>{t('sso.test.receivedColumns.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {received.map(({ name, values }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              <Table.Td>{values.join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
