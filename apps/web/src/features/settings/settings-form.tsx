import { Box, Button, Divider, Group, NumberInput, Switch, Text, Title } from '@mantine/core';
import { isProblem, type Versioned } from '@sallyport/client';
import { MFA_REQUIREMENTS, type MfaRequirement, type OwnSettings, SETTINGS_BOUNDS } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OrganizationSettings } from '../../base/api/types.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { changedFields } from '../../ui/rebase.ts';
import { useVersionedForm } from '../../ui/use-versioned-form.ts';
import { VersionedForm } from '../../ui/versioned-form.tsx';
import { draftOfModels, modelsFault, modelsOfDraft, type PasskeyModelsDraft, rootsFault } from './passkey-models.ts';
import { PasskeyModelsFields } from './passkey-models-fields.tsx';
import { EffectPreview, LocalSignInPreview, MfaPreview } from './previews.tsx';
import { useUpdateSettings } from './queries.ts';

interface SettingsFormProps {
  organizationId: string;
  versioned: Versioned<OrganizationSettings>;
  /** What an unset setting follows: a customer its partner, a partner the defaults. */
  follows: 'customer' | 'partner';
  writable: boolean;
}

type NumberSetting = keyof typeof SETTINGS_BOUNDS;

/** The settings as they are edited. */
type Draft = Omit<OwnSettings, 'passkeyModels'> & PasskeyModelsDraft;

function changesOf(base: Draft, draft: Draft): Partial<OwnSettings> {
  const { passkeyModels, passkeyRoots, ...changed } = changedFields(base, draft);
  const models = modelsOfDraft(draft);
  const isChanged = passkeyModels !== undefined || passkeyRoots !== undefined;
  return isChanged && JSON.stringify(models) !== JSON.stringify(modelsOfDraft(base))
    ? { ...changed, passkeyModels: models }
    : changed;
}

/** The settings of one organization; an unset one shows what it follows. Only changed settings are sent. */
export function SettingsForm({ organizationId, versioned, follows, writable }: SettingsFormProps) {
  const { t } = useTranslation();
  const boundsOf = (name: NumberSetting) => {
    const { minimum, maximum } = SETTINGS_BOUNDS[name];
    if (follows === 'partner') return { minimum, maximum };
    // A customer may only be stricter.
    const of = versioned.value.inherited;
    return {
      minimum: name === 'resetDelayHours' || name === 'recoveryDelayHours' ? of[name] : minimum,
      maximum: name === 'rememberedDeviceDays' ? of[name] : maximum,
    };
  };
  /** Null follows; else a whole number that an organization may choose. */
  const within = (name: NumberSetting) => (value: number | null) => {
    const { minimum, maximum } = boundsOf(name);
    // A customer may forbid what its partner allows.
    const isOff = name === 'recoveryDelayHours' && value === 0;
    const good = value === null || isOff || (Number.isInteger(value) && value >= minimum && value <= maximum);
    return good ? null : t('settings.range', { minimum, maximum });
  };
  const edit = useVersionedForm({
    versioned,
    draftOf: ({ own }): Draft => ({ ...own, ...draftOfModels(own.passkeyModels) }),
    changesOf,
    validate: {
      passkeyModels: (_, draft) => {
        const wrong = modelsFault(draft);
        return wrong && t(`settings.passkeyModelsFault.${wrong.fault}`, { line: wrong.line, count: wrong.count });
      },
      passkeyRoots: (_, draft) => {
        const wrong = rootsFault(draft);
        return wrong && t(`settings.passkeyRootsFault.${wrong.fault}`, { count: wrong.count });
      },
      minimumPasswordLength: within('minimumPasswordLength'),
      sessionLifetimeMinutes: within('sessionLifetimeMinutes'),
      sessionIdleMinutes: within('sessionIdleMinutes'),
      auditRetentionDays: within('auditRetentionDays'),
      mfaGraceDays: within('mfaGraceDays'),
      rememberedDeviceDays: within('rememberedDeviceDays'),
      resetDelayHours: within('resetDelayHours'),
      recoveryDelayHours: within('recoveryDelayHours'),
    },
    mutation: useUpdateSettings(organizationId),
    saved: () => t('settings.saved'),
  });
  const { form } = edit;
  const { inherited } = edit.value;
  const fixed = new Set<string>(edit.value.fixed);

  const origin = (name: keyof Draft, inheritedText: string, besides: Partial<Draft> = {}) => (
    <Origin
      isSet={form.values[name] !== null}
      follows={follows}
      value={inheritedText}
      isFixed={fixed.has(name)}
      onFollow={writable ? () => form.setValues({ [name]: null, ...besides }) : undefined}
    />
  );
  const switchSetting = (
    name: 'mfaPhishingResistant' | 'passwordlessEnabled' | 'reenrollmentPass' | 'resetNeedsSecondAdmin',
  ) => (
    <div>
      <Switch
        label={t(`settings.${name}`)}
        description={t(`settings.${name}Hint`)}
        disabled={!writable || fixed.has(name)}
        {...form.getInputProps(name, { type: 'checkbox' })}
        checked={form.values[name] ?? inherited[name]}
      />
      <Box pl={50}>{origin(name, t(inherited[name] ? 'settings.on' : 'settings.off'))}</Box>
    </div>
  );
  const numberSetting = (name: NumberSetting) => (
    <div>
      <NumberInput
        label={t(`settings.${name}`)}
        description={t(`settings.${name}Hint`)}
        placeholder={String(inherited[name])}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        disabled={!writable || fixed.has(name)}
        {...form.getInputProps(name)}
        value={form.values[name] ?? ''}
        onChange={(value) => form.setFieldValue(name, value === '' ? null : Number(value))}
      />
      {origin(name, String(inherited[name]))}
    </div>
  );

  const previewedSwitch = (name: 'passwordlessEnabled' | 'resetNeedsSecondAdmin', previewed: boolean) => (
    <div>
      {switchSetting(name)}
      <Box pl={50}>
        <EffectPreview organizationId={organizationId} name={name} changes={{ [name]: previewed }} />
      </Box>
    </div>
  );
  const previewedNumber = (name: 'rememberedDeviceDays' | 'recoveryDelayHours') => (
    <div>
      {numberSetting(name)}
      <EffectPreview
        organizationId={organizationId}
        name={name}
        changes={{ [name]: form.values[name] }}
        isValid={within(name)(form.values[name]) === null}
      />
    </div>
  );

  return (
    <Panel>
      <VersionedForm
        gap="lg"
        edit={edit}
        save={writable ? t('settings.save') : null}
        problem={
          <ProblemAlert error={edit.mutation.error}>
            {isProblem(edit.mutation.error, 'no_working_sso') && (
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
        }
      >
        <Title order={2}>{t('settings.signIn')}</Title>
        <div>
          <Switch
            label={t('settings.localSignIn')}
            description={t('settings.localSignInHint')}
            disabled={!writable}
            {...form.getInputProps('localSignInEnabled', { type: 'checkbox' })}
            checked={form.values.localSignInEnabled ?? inherited.localSignInEnabled}
          />
          <Box pl={50}>
            {origin('localSignInEnabled', t(inherited.localSignInEnabled ? 'settings.on' : 'settings.off'))}
            <LocalSignInPreview
              organizationId={organizationId}
              switchingOff={
                edit.value.localSignInEnabled && !(form.values.localSignInEnabled ?? inherited.localSignInEnabled)
                  ? { localSignInEnabled: form.values.localSignInEnabled }
                  : null
              }
            />
          </Box>
        </div>
        {previewedSwitch('passwordlessEnabled', false)}
        {numberSetting('minimumPasswordLength')}
        <Divider />
        <Title order={2}>{t('settings.secondFactor')}</Title>
        <div>
          <ChoiceGroup
            label={t('settings.mfaRequired')}
            description={t('settings.mfaRequiredHint')}
            disabled={!writable}
            choices={MFA_REQUIREMENTS.map((value) => ({
              value,
              label: t(`settings.requirement.${value}`),
              description: t(`settings.requirementHint.${value}`),
              // A customer may only be stricter.
              disabled: !writable || (follows === 'customer' && isLaxer(value, inherited.mfaRequired)),
            }))}
            {...form.getInputProps('mfaRequired')}
            value={form.values.mfaRequired ?? inherited.mfaRequired}
          />
          {origin('mfaRequired', t(`settings.requirement.${inherited.mfaRequired}`))}
        </div>
        {switchSetting('mfaPhishingResistant')}
        {numberSetting('mfaGraceDays')}
        <MfaPreview
          organizationId={organizationId}
          settings={{
            mfaRequired: form.values.mfaRequired,
            mfaGraceDays: form.values.mfaGraceDays,
            mfaPhishingResistant: form.values.mfaPhishingResistant,
          }}
          isValid={within('mfaGraceDays')(form.values.mfaGraceDays) === null}
        />
        <PasskeyModelsFields
          draft={form.values}
          inherited={inherited.passkeyModels}
          inForce={edit.value.passkeyModels}
          disabled={!writable}
          onChange={(draft) => form.setValues({ ...draft })}
          propsOf={(name) => form.getInputProps(name)}
        >
          {origin(
            'passkeyModels',
            inherited.passkeyModels
              ? t('settings.passkeyModelsCount', { count: inherited.passkeyModels.models.length })
              : t('settings.passkeyModelsAny'),
            { passkeyRoots: null },
          )}
          <EffectPreview
            organizationId={organizationId}
            name="passkeyModels"
            changes={{ passkeyModels: modelsOfDraft(form.values) }}
            isValid={modelsFault(form.values) === null && rootsFault(form.values) === null}
          />
        </PasskeyModelsFields>
        {previewedNumber('rememberedDeviceDays')}
        {switchSetting('reenrollmentPass')}
        {previewedSwitch('resetNeedsSecondAdmin', true)}
        {numberSetting('resetDelayHours')}
        {previewedNumber('recoveryDelayHours')}
        <Divider />
        <Title order={2}>{t('settings.sessions')}</Title>
        {numberSetting('sessionLifetimeMinutes')}
        {numberSetting('sessionIdleMinutes')}
        <Divider />
        <Title order={2}>{t('settings.auditLog')}</Title>
        {numberSetting('auditRetentionDays')}
      </VersionedForm>
    </Panel>
  );
}

const isLaxer = (value: MfaRequirement, than: MfaRequirement): boolean =>
  MFA_REQUIREMENTS.indexOf(value) < MFA_REQUIREMENTS.indexOf(than);

interface OriginProps {
  isSet: boolean;
  /** Whether the partner leaves no choice. */
  isFixed: boolean;
  follows: 'customer' | 'partner';
  value: string;
  onFollow: (() => void) | undefined;
}

/** Where the value of a setting comes from, and the way back to following. */
function Origin({ isSet, isFixed, follows, value, onFollow }: OriginProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mt={6} mih={24}>
      <Text fz="xs" c="dimmed">
        {isFixed
          ? t('settings.fixed', { value })
          : t(isSet ? `settings.setHere.${follows}` : `settings.follows.${follows}`, { value })}
      </Text>
      {isSet && onFollow && (
        <Button variant="subtle" size="compact-xs" onClick={onFollow}>
          {t(`settings.followAgain.${follows}`)}
        </Button>
      )}
    </Group>
  );
}
