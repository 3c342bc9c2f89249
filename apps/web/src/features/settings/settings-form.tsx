import { Box, Button, Divider, Group, NumberInput, Stack, Switch, Text, Title } from '@mantine/core';
import { type OwnSettings, SETTINGS_BOUNDS } from '@sallyport/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError, isProblem } from '../../base/api/problem.ts';
import type { OrganizationSettings } from '../../base/api/types.ts';
import { announce } from '../../ui/announcer.tsx';
import { fieldErrors } from '../../ui/form-errors.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { useUpdateSettings } from './queries.ts';
import { changedSettings, isWithinBounds, type NumberSetting } from './settings-draft.ts';

interface SettingsFormProps {
  organizationId: string;
  settings: OrganizationSettings;
  /** What an unset setting follows: a customer its partner, a partner the defaults. */
  follows: 'customer' | 'partner';
  writable: boolean;
}

/** The settings of one organization; an unset one shows what it follows. Only changed settings are sent. */
export function SettingsForm({ organizationId, settings, follows, writable }: SettingsFormProps) {
  const { t } = useTranslation();
  const update = useUpdateSettings(organizationId);
  const [draft, setDraft] = useState<OwnSettings>(settings.own);
  const [message, setMessage] = useState('');
  const [checked, setChecked] = useState(false);
  const errors = update.error instanceof ApiError ? fieldErrors(update.error.faults) : {};
  const { inherited } = settings;

  const edit = (changed: Partial<OwnSettings>) => {
    setMessage('');
    setDraft((before) => ({ ...before, ...changed }));
  };
  const say = (text: string) => {
    setMessage(text);
    announce(text);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const wrong = numberSettings.find((name) => !isWithinBounds(name, draft[name]));
    if (wrong) {
      document.getElementById(`setting-${wrong}`)?.focus();
      return;
    }
    const changes = changedSettings(settings.own, draft);
    if (Object.keys(changes).length === 0) {
      update.reset();
      say(t('settings.nothing'));
      return;
    }
    update.mutate(changes, {
      onSuccess: (saved) => {
        setDraft(saved.own);
        say(t('settings.saved'));
      },
    });
  };

  const numberField = (name: NumberSetting) => (
    <NumberInput
      id={`setting-${name}`}
      label={t(`settings.${name}`)}
      description={t(`settings.${name}Hint`)}
      placeholder={String(inherited[name])}
      value={draft[name] ?? ''}
      onChange={(value) => edit({ [name]: value === '' ? null : Number(value) })}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      disabled={!writable}
      error={checked && !isWithinBounds(name, draft[name]) ? t('settings.range', SETTINGS_BOUNDS[name]) : errors[name]}
    />
  );
  const origin = (name: keyof OwnSettings, inheritedText: string) => (
    <Origin
      isSet={draft[name] !== null}
      follows={follows}
      value={inheritedText}
      onFollow={writable ? () => edit({ [name]: null }) : undefined}
    />
  );

  return (
    <Panel>
      <form noValidate onSubmit={submit}>
        <Stack gap="lg">
          <ProblemAlert error={update.error}>
            {isProblem(update.error, 'no_working_sso') && (
              <Button
                component={Link}
                size="xs"
                variant="default"
                to={`/settings/sso?${new URLSearchParams({ organization: organizationId })}`}
              >
                {t('settings.toSingleSignOn')}
              </Button>
            )}
          </ProblemAlert>
          <Title order={2}>{t('settings.signIn')}</Title>
          <div>
            <Switch
              label={t('settings.localSignIn')}
              description={t('settings.localSignInHint')}
              checked={draft.localSignInEnabled ?? inherited.localSignInEnabled}
              disabled={!writable}
              onChange={(event) => edit({ localSignInEnabled: event.currentTarget.checked })}
            />
            <Box pl={50}>
              {origin('localSignInEnabled', t(inherited.localSignInEnabled ? 'settings.on' : 'settings.off'))}
            </Box>
          </div>
          <div>
            {numberField('minimumPasswordLength')}
            {origin('minimumPasswordLength', String(inherited.minimumPasswordLength))}
          </div>
          <Divider />
          <Title order={2}>{t('settings.sessions')}</Title>
          <div>
            {numberField('sessionLifetimeMinutes')}
            {origin('sessionLifetimeMinutes', String(inherited.sessionLifetimeMinutes))}
          </div>
          <div>
            {numberField('sessionIdleMinutes')}
            {origin('sessionIdleMinutes', String(inherited.sessionIdleMinutes))}
          </div>
          {writable && (
            <Group gap="sm">
              <Button type="submit" loading={update.isPending}>
                {t('settings.save')}
              </Button>
              {message && (update.isSuccess ? <SavedMark>{message}</SavedMark> : <Text fz="sm">{message}</Text>)}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

const numberSettings = ['minimumPasswordLength', 'sessionLifetimeMinutes', 'sessionIdleMinutes'] as const;

interface OriginProps {
  isSet: boolean;
  follows: 'customer' | 'partner';
  value: string;
  onFollow: (() => void) | undefined;
}

/** Where the value of a setting comes from, and the way back to following. */
function Origin({ isSet, follows, value, onFollow }: OriginProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mt={6} mih={24}>
      <Text fz="xs" c="dimmed">
        {t(isSet ? `settings.setHere.${follows}` : `settings.follows.${follows}`, { value })}
      </Text>
      {isSet && onFollow && (
        <Button variant="subtle" size="compact-xs" onClick={onFollow}>
          {t(`settings.followAgain.${follows}`)}
        </Button>
      )}
    </Group>
  );
}
