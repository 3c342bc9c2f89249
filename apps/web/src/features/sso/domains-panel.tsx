import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Rows } from '../../ui/rows.tsx';
import { DomainRow } from './domain-row.tsx';
import { type Domain, useDomainChanges } from './queries.ts';

interface DomainsPanelProps {
  organizationId: string;
  domains: readonly Domain[];
  writable: boolean;
}

/** The domains of an organization: added here, proved by a DNS record, removed. */
export function DomainsPanel({ organizationId, domains, writable }: DomainsPanelProps) {
  const { t } = useTranslation();
  const { remove, verify, add } = useDomainChanges(organizationId);
  const [removing, setRemoving] = useState('');
  const [opened, dialog] = useDisclosure(false);

  return (
    <Panel title={t('sso.domains.title')} description={t('sso.domains.description')}>
      {domains.length === 0 && <Text fz="sm">{t('sso.domains.empty')}</Text>}
      {domains.length > 0 && (
        <Rows>
          {domains.map((domain) => (
            <DomainRow
              key={domain.name}
              domain={domain}
              writable={writable}
              verifying={verify.isPending && verify.variables === domain.name}
              error={verify.variables === domain.name ? verify.error : null}
              onVerify={() =>
                verify.mutate(domain.name, {
                  onSuccess: ({ name }) => announce(t('sso.domains.verifiedNow', { domain: name })),
                })
              }
              onRemove={() => {
                setRemoving(domain.name);
                dialog.open();
              }}
            />
          ))}
        </Rows>
      )}
      {writable && <AddDomain add={add} />}
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('sso.domains.removeTitle', { domain: removing })}
        text={t('sso.domains.removeText')}
        confirm={t('sso.domains.remove')}
        mutation={remove}
        onConfirm={() =>
          remove.mutate(removing, {
            onSuccess: () => {
              announce(t('sso.domains.removed', { domain: removing }));
              dialog.close();
            },
          })
        }
      />
    </Panel>
  );
}

function AddDomain({ add }: { add: ReturnType<typeof useDomainChanges>['add'] }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (value) => (value.includes('.') ? null : t('sso.domains.nameMissing')) },
  });
  const submit = (values: { name: string }) => {
    const domain = values.name.trim().replace(/^@/, '');
    add.mutate(domain, {
      onSuccess: () => {
        announce(t('sso.domains.added', { domain }));
        form.reset();
      },
    });
  };

  return (
    <Form gap="sm" form={form} error={add.error} beside={{ invalid_request: ['name'] }} onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <TextInput
          flex="1 1 14rem"
          maw={360}
          label={t('sso.domains.name')}
          placeholder="company.com"
          maxLength={253}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          errorProps={{ role: 'alert' }}
          inputWrapperOrder={['label', 'description', 'error', 'input']}
          {...form.getInputProps('name')}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t('sso.domains.add')}
        </Button>
      </Group>
    </Form>
  );
}
