import { Checkbox, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CertificateList } from './certificate-list.tsx';
import type { Certificate, SamlDraft } from './draft.ts';
import { type FieldsProps, technical } from './fields.ts';
import { MetadataImport } from './metadata-import.tsx';
import type { Metadata } from './queries.ts';

const subjects = ['persistent', 'attribute', 'email_address'] as const;

/** How a provider that speaks SAML is reached, whom its answers name, and whose signature is trusted. */
export function SamlFields({ draft, form, organizationId, trusted, writable }: FieldsProps & { draft: SamlDraft }) {
  const { t } = useTranslation();
  const { certificates, subject } = draft;

  const setCertificates = (next: Certificate[]) => {
    form.setFieldValue('certificates', next);
    form.setFieldValue(
      'compared',
      next.every(({ fingerprint }) => trusted.has(fingerprint)),
    );
  };
  const take = (metadata: Metadata) => {
    // The provider rolls over to a new certificate: the old one stays until it is removed.
    const sameProvider = metadata.idpEntityId === draft.idpEntityId;
    const kept = sameProvider ? certificates : [];
    const known = new Set(kept.map(({ fingerprint }) => fingerprint));
    form.setFieldValue('idpEntityId', metadata.idpEntityId);
    form.setFieldValue('ssoUrl', metadata.ssoUrl);
    setCertificates([...kept, ...metadata.certificates.filter(({ fingerprint }) => !known.has(fingerprint))]);
  };

  return (
    <Stack gap="md">
      {writable && <MetadataImport organizationId={organizationId} onRead={take} />}
      <TextInput
        {...technical}
        label={t('sso.form.idpEntityId')}
        maxLength={1024}
        aria-required
        disabled={!writable}
        {...form.getInputProps('idpEntityId')}
      />
      <TextInput
        {...technical}
        label={t('sso.form.ssoUrl')}
        description={t('sso.form.ssoUrlHint')}
        maxLength={2048}
        aria-required
        disabled={!writable}
        {...form.getInputProps('ssoUrl')}
      />
      <CertificateList
        certificates={certificates}
        trusted={trusted}
        error={form.errors.certificates}
        comparedProps={form.getInputProps('compared', { type: 'checkbox' })}
        writable={writable}
        onChange={setCertificates}
      />
      <Radio.Group label={t('sso.form.subject')} {...form.getInputProps('subject')}>
        <Stack gap="xs" mt="xs">
          {subjects.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`sso.form.subjects.${value}`)}
              description={t(`sso.form.subjectHints.${value}`)}
              disabled={!writable}
            />
          ))}
        </Stack>
      </Radio.Group>
      {subject === 'attribute' && (
        <TextInput
          {...technical}
          label={t('sso.form.subjectAttribute')}
          placeholder="http://schemas.microsoft.com/identity/claims/objectidentifier"
          maxLength={256}
          aria-required
          disabled={!writable}
          {...form.getInputProps('subjectAttribute')}
        />
      )}
      <TextInput
        {...technical}
        label={t('sso.form.emailAttribute')}
        description={t('sso.form.attributeHint')}
        maxLength={256}
        disabled={!writable}
        {...form.getInputProps('emailAttribute')}
      />
      <TextInput
        {...technical}
        label={t('sso.form.nameAttribute')}
        description={t('sso.form.attributeHint')}
        maxLength={256}
        disabled={!writable}
        {...form.getInputProps('nameAttribute')}
      />
      <RequestFields draft={draft} form={form} writable={writable} />
    </Stack>
  );
}

function RequestFields({ draft, form, writable }: Pick<FieldsProps, 'form' | 'writable'> & { draft: SamlDraft }) {
  const { t } = useTranslation();
  const checkbox = (name: 'signRequests' | 'forceAuthn' | 'allowUnsolicited' | 'requestNameIdFormat') => (
    <Checkbox
      label={t(`sso.form.${name}`)}
      description={t(`sso.form.${name}Hint`)}
      disabled={!writable}
      {...form.getInputProps(name, { type: 'checkbox' })}
    />
  );
  return (
    <>
      {checkbox('signRequests')}
      {checkbox('allowUnsolicited')}
      {checkbox('forceAuthn')}
      {draft.subject !== 'attribute' && checkbox('requestNameIdFormat')}
      <TagsInput
        label={t('sso.form.requestedAuthnContext')}
        description={t('sso.form.requestedAuthnContextHint')}
        maxTags={10}
        acceptValueOnBlur
        disabled={!writable}
        {...form.getInputProps('requestedAuthnContext')}
      />
    </>
  );
}
