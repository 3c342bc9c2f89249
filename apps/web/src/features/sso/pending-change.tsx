import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import type { Connection, useDiscardChange } from './queries.ts';

/** Who saved the change that waits, when, and what of it cannot be seen in the form. */
export function ChangeFacts({ change }: { change: NonNullable<Connection['pendingChange']> }) {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        [t('sso.change.by'), change.createdBy],
        [t('sso.change.when'), <RelativeTime key="at" value={change.createdAt} />],
        ...(change.secretChanges ? ([[t('sso.change.secret'), t('sso.change.secretChanges')]] as const) : []),
      ]}
    />
  );
}

interface DiscardButtonProps {
  discard: ReturnType<typeof useDiscardChange>;
  onDiscarded: () => void;
}

/** Takes the change away; nothing that serves is touched, so it does not ask. */
export function DiscardButton({ discard, onDiscarded }: DiscardButtonProps) {
  const { t } = useTranslation();
  const onSuccess = () => {
    announce(t('sso.change.discarded'));
    onDiscarded();
  };
  return (
    <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate(undefined, { onSuccess })}>
      {t('sso.change.discard')}
    </Button>
  );
}
