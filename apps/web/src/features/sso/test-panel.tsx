import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useTakenFromAddress } from '../../ui/use-address.ts';
import { useOrganizationScope } from '../organizations/index.ts';
import { ChangeFacts, DiscardButton } from './pending-change.tsx';
import { type Connection, testResultQuery, useDiscardChange, useTestConnection } from './queries.ts';
import { TestReport } from './test-report.tsx';

interface TestPanelProps {
  connection: Connection;
  /** The form has edits that the test would not see. */
  dirty: boolean;
  writable: boolean;
  /** Told when the change that waited was discarded, and the connection was read again. */
  onDiscarded: () => void;
}

/**
 * Tries the connection, or the change of it that waits, at the provider, which sends the browser back here (`?tested=`),
 * and shows what came of it.
 */
export function TestPanel({ connection, dirty, writable, onDiscarded }: TestPanelProps) {
  const { id, organizationId, enabled, pendingChange } = connection;
  const { t } = useTranslation();
  const { pathTo } = useOrganizationScope();
  const ids = { organizationId, connectionId: id };
  const result = useQuery(testResultQuery(ids));
  const test = useTestConnection(ids, pathTo(`/settings/sso/${id}`));
  const discard = useDiscardChange(ids);
  const words = pendingChange ? 'sso.change' : 'sso.test';
  const isBack = useTakenFromAddress('tested', 'error', 'requestId').has('tested');

  return (
    <Panel title={t(`${words}.title`)} description={t(`${words}.text`)}>
      {pendingChange && <ChangeFacts change={pendingChange} />}
      {writable && (
        <Group gap="sm">
          <Button
            variant={enabled && !pendingChange ? 'default' : 'filled'}
            disabled={dirty}
            loading={test.isPending || test.isSuccess}
            onClick={() => test.mutate()}
          >
            {t(`${words}.button`)}
          </Button>
          {pendingChange && <DiscardButton discard={discard} onDiscarded={onDiscarded} />}
          {dirty && (
            <Text fz="sm" c="dimmed" role="status">
              {t('sso.test.saveFirst')}
            </Text>
          )}
        </Group>
      )}
      <ProblemAlert error={test.error ?? discard.error} />
      <QueryView query={result} skeleton={<Skeleton height={60} />}>
        {(shown) =>
          shown ? (
            <TestReport result={shown} takesFocus={isBack} />
          ) : (
            <Text fz="sm" c="dimmed">
              {t('sso.test.never')}
            </Text>
          )
        }
      </QueryView>
    </Panel>
  );
}
