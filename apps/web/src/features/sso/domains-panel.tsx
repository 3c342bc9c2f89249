import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../base/api/problem.ts';
import { announce } from '../../ui/announcer.tsx';
import { fieldErrors } from '../../ui/form-errors.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DomainRow } from './domain-row.tsx';
import { type Domain, useDomainChanges } from './queries.ts';
import classes from './sso.module.css';

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
        <ul className={classes.list}>
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
        </ul>
      )}
      {writable && <AddDomain add={add} />}
      <Modal
        opened={opened}
        onClose={dialog.close}
        onExitTransitionEnd={remove.reset}
        title={t('sso.domains.removeTitle', { domain: removing })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Stack gap="md">
          <Text fz="sm">{t('sso.domains.removeText')}</Text>
          <ProblemAlert error={remove.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={dialog.close}>
              {t('app.cancel')}
            </Button>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(removing, {
                  onSuccess: () => {
                    announce(t('sso.domains.removed', { domain: removing }));
                    dialog.close();
                  },
                })
              }
            >
              {t('sso.domains.remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  );
}

function AddDomain({ add }: { add: ReturnType<typeof useDomainChanges>['add'] }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const refused = add.error instanceof ApiError ? fieldErrors(add.error.faults).name : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const domain = name.trim().replace(/^@/, '');
    setMissing(!domain.includes('.'));
    if (!domain.includes('.')) {
      field.current?.focus();
      return;
    }
    add.mutate(domain, {
      onSuccess: () => {
        announce(t('sso.domains.added', { domain }));
        setName('');
      },
    });
  };

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        {refused === undefined && <ProblemAlert error={add.error} />}
        <Group align="flex-end" gap="sm">
          <TextInput
            ref={field}
            flex="1 1 14rem"
            maw={360}
            label={t('sso.domains.name')}
            placeholder="company.com"
            value={name}
            maxLength={253}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            error={missing ? t('sso.domains.nameMissing') : refused}
            errorProps={{ role: 'alert' }}
            inputWrapperOrder={['label', 'description', 'error', 'input']}
            onChange={(event) => {
              setMissing(false);
              setName(event.currentTarget.value);
            }}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            {t('sso.domains.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
