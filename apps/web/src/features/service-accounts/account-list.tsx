import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Rows } from '../../ui/rows.tsx';
import { AccountRow } from './account-row.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { NewKey } from './new-key.tsx';
import { type ServiceAccount, useRevokeServiceAccount } from './queries.ts';
import { setUnsavedKey, useUnsavedKey } from './unsaved-key.ts';

interface AccountListProps {
  organizationId: string;
  accounts: readonly ServiceAccount[];
  writable: boolean;
}

/** The service accounts of an organization: made here, each with its key once, and revoked. */
export function AccountList({ organizationId, accounts, writable }: AccountListProps) {
  const { t } = useTranslation();
  const revoke = useRevokeServiceAccount(organizationId);
  const made = useUnsavedKey();
  const createButton = useRef<HTMLButtonElement>(null);
  const [creating, createDialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ServiceAccount | null>(null);
  const [asking, revokeDialog] = useDisclosure(false);
  const create = writable && !made && (
    <Button ref={createButton} leftSection={<IconPlus size={18} aria-hidden />} onClick={createDialog.open}>
      {t('serviceAccounts.create')}
    </Button>
  );
  const name = revoking?.name ?? '';

  return (
    <>
      {made?.organizationId === organizationId && (
        <NewKey
          account={made.account}
          onDone={() => {
            // The button that had the focus is gone with the key.
            flushSync(() => setUnsavedKey(null));
            createButton.current?.focus();
          }}
        />
      )}
      <Panel title={t('serviceAccounts.list')} actions={accounts.length > 0 && create}>
        {accounts.length === 0 ? (
          <NothingHere
            icon={IconKey}
            title={t('serviceAccounts.emptyTitle')}
            text={t(writable ? 'serviceAccounts.emptyText' : 'serviceAccounts.emptyReadOnly')}
          >
            {create}
          </NothingHere>
        ) : (
          <Rows>
            {accounts.map((account) => (
              <AccountRow
                key={account.id}
                account={account}
                onRevoke={
                  writable
                    ? () => {
                        setRevoking(account);
                        revokeDialog.open();
                      }
                    : null
                }
              />
            ))}
          </Rows>
        )}
      </Panel>
      <CreateDialog
        organizationId={organizationId}
        opened={creating}
        onClose={createDialog.close}
        onMade={(account) => {
          createDialog.close();
          setUnsavedKey({ organizationId, account });
        }}
      />
      <ConfirmDialog
        opened={asking}
        onClose={revokeDialog.close}
        title={t('serviceAccounts.revokeTitle', { name })}
        text={t('serviceAccounts.revokeText')}
        confirm={t('serviceAccounts.revoke')}
        mutation={revoke}
        onConfirm={() =>
          revoke.mutate(revoking?.id ?? '', {
            onSuccess: () => {
              announce(t('serviceAccounts.revoked', { name }));
              if (made?.account.id === revoking?.id) setUnsavedKey(null);
              revokeDialog.close();
            },
          })
        }
      />
    </>
  );
}
