import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { IconArrowMerge } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { focusFirstError } from '../../ui/form-errors.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { type ConnectionDraft, changesOf, draftOf, rebase } from './draft.ts';
import { asChanged, type Connection, useUpdateConnection, type VersionedConnection } from './queries.ts';
import { showServiceFaults, useConnectionForm } from './use-connection-form.ts';

interface ConnectionFormProps {
  versioned: VersionedConnection;
  writable: boolean;
  /** Told whether there are edits that are not saved. */
  onDirty: (dirty: boolean) => void;
  /** Fetches the newest version. */
  onReload: () => Promise<VersionedConnection | undefined>;
}

/** Edits one connection against the version that was read; only what was changed is sent. */
export function ConnectionForm({ versioned, writable, onDirty, onReload }: ConnectionFormProps) {
  const { t } = useTranslation();
  const [base, setBase] = useState(versioned);
  const [message, setMessage] = useState('');
  const [rebased, setRebased] = useState(false);
  // What waits for its test is edited on.
  const shown = useMemo(() => asChanged(base.connection), [base]);
  const { id, organizationId, hasClientSecret } = shown;
  const update = useUpdateConnection({ organizationId, connectionId: id });
  const form = useConnectionForm(draftOf(shown), hasClientSecret);
  const baseDraft = useMemo(() => draftOf(shown), [shown]);
  const trusted = useMemo(() => new Set(shown.certificates.map(({ fingerprint }) => fingerprint)), [shown]);
  const dirty = Object.keys(changesOf(baseDraft, form.values)).length > 0;
  const conflict = isProblem(update.error, 'precondition_failed');

  useEffect(() => onDirty(dirty), [dirty, onDirty]);

  const say = (text: string) => {
    setMessage(text);
    announce(text);
  };
  const submit = (draft: ConnectionDraft) => {
    const changes = changesOf(baseDraft, draft);
    if (Object.keys(changes).length === 0) {
      update.reset();
      say(t('sso.form.nothing'));
      return;
    }
    setMessage('');
    update.mutate(
      { changes, etag: base.etag },
      {
        onSuccess: (saved) => {
          setBase(saved);
          setRebased(false);
          form.setValues<ConnectionDraft>(draftOf(asChanged(saved.connection)));
          say(t(`sso.form.${changes.config ? reconfigured(saved.connection) : 'saved'}`));
        },
        onError: (error) => showServiceFaults(form, error),
      },
    );
  };
  const reload = async () => {
    const newest = await onReload();
    if (!newest) return;
    form.setValues<ConnectionDraft>(rebase(baseDraft, form.getValues(), draftOf(asChanged(newest.connection))));
    setBase(newest);
    setRebased(true);
    update.reset();
  };

  return (
    <Panel title={t('sso.form.title')}>
      <form noValidate onSubmit={form.onSubmit(submit, (errors) => focusFirstError(form, errors))}>
        <Stack gap="lg">
          {conflict || rebased ? (
            <Conflict loaded={rebased} onReload={reload} />
          ) : (
            <ProblemAlert error={update.error} takesFocus={Object.keys(form.errors).length === 0} />
          )}
          <ConnectionFields
            isNew={false}
            form={form}
            organizationId={organizationId}
            hasSecret={hasClientSecret}
            trusted={trusted}
            writable={writable}
          />
          {writable && (
            <Group gap="sm">
              <Button type="submit" loading={update.isPending}>
                {t('sso.form.save')}
              </Button>
              {message &&
                !dirty &&
                (update.isSuccess ? <SavedMark>{message}</SavedMark> : <Text fz="sm">{message}</Text>)}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

const reconfigured = ({ pendingChange }: Connection) => (pendingChange ? 'staged' : 'reconfigured');

/** Somebody else was faster: loads the newest version under the person's edits. */
function Conflict({ loaded, onReload }: { loaded: boolean; onReload: () => Promise<void> }) {
  const { t } = useTranslation();
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const load = async () => {
    setLoading(true);
    setFailure(null);
    await onReload().catch(setFailure);
    setLoading(false);
  };
  return (
    <Alert role="alert" color="yellow" icon={<IconArrowMerge aria-hidden />} title={t('sso.form.conflict.title')}>
      {loaded ? (
        <Text fz="sm">{t('sso.form.conflict.loaded')}</Text>
      ) : (
        <>
          <Text fz="sm" mb="sm">
            {t('sso.form.conflict.text')}
          </Text>
          <Button size="xs" variant="default" loading={loading} onClick={() => void load()}>
            {t('sso.form.conflict.load')}
          </Button>
          <ProblemAlert error={failure} />
        </>
      )}
    </Alert>
  );
}
