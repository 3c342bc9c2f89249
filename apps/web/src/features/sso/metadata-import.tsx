import { Button, FileInput, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { type Metadata, useReadMetadata } from './queries.ts';

/** As the service takes it. */
const maxFileBytes = 262_144;

type Source = 'url' | 'file';

/** Reads the metadata of a SAML provider from an address or a file; the form is filled in with it. */
export function MetadataImport({
  organizationId,
  onRead,
}: {
  organizationId: string;
  onRead: (metadata: Metadata) => void;
}) {
  const { t } = useTranslation();
  const read = useReadMetadata(organizationId);
  const [source, setSource] = useState<Source>('url');
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);

  const forget = () => {
    setWrong(null);
    read.reset();
  };
  const take = (body: { url: string } | { xml: string }) =>
    read.mutate(body, {
      onSuccess: (metadata) => {
        onRead(metadata);
        announce(t('sso.metadata.done', { count: metadata.certificates.length }));
      },
    });
  const submit = async () => {
    if (source === 'url') {
      const address = url.trim();
      if (!URL.canParse(address)) setWrong(t('sso.metadata.urlMissing'));
      else take({ url: address });
    } else if (!file) setWrong(t('sso.metadata.fileMissing'));
    else if (file.size > maxFileBytes) setWrong(t('sso.metadata.fileTooLarge'));
    else take({ xml: await file.text() });
  };

  return (
    <Paper p="md" radius="md" bg="var(--sallyport-page)" role="group" aria-labelledby="metadata-import">
      <Stack gap="sm">
        <div>
          <Text fz="sm" fw={600} id="metadata-import">
            {t('sso.metadata.title')}
          </Text>
          <Text fz="sm" c="dimmed">
            {t('sso.metadata.text')}
          </Text>
        </div>
        <SegmentedControl
          aria-label={t('sso.metadata.source')}
          value={source}
          onChange={(chosen) => {
            setSource(chosen as Source);
            forget();
          }}
          data={(['url', 'file'] as const).map((value) => ({ value, label: t(`sso.metadata.sources.${value}`) }))}
          style={{ alignSelf: 'flex-start' }}
        />
        {source === 'url' ? (
          <TextInput
            type="url"
            label={t('sso.metadata.url')}
            placeholder="https://"
            value={url}
            maxLength={2048}
            autoComplete="off"
            error={wrong}
            errorProps={{ role: 'alert' }}
            onChange={(event) => {
              forget();
              setUrl(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              // Enter belongs to this field, not to the form around it.
              if (event.key !== 'Enter') return;
              event.preventDefault();
              void submit();
            }}
          />
        ) : (
          <FileInput
            label={t('sso.metadata.file')}
            placeholder={t('sso.metadata.filePlaceholder')}
            accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
            leftSection={<IconFileUpload size={18} aria-hidden />}
            value={file}
            error={wrong}
            errorProps={{ role: 'alert' }}
            onChange={(chosen) => {
              forget();
              setFile(chosen);
            }}
          />
        )}
        <ProblemAlert error={read.error} />
        <Group gap="sm">
          <Button variant="default" size="sm" loading={read.isPending} onClick={() => void submit()}>
            {t('sso.metadata.read')}
          </Button>
          {read.data && <SavedMark>{t('sso.metadata.done', { count: read.data.certificates.length })}</SavedMark>}
        </Group>
        {read.data && read.data.nameIdFormats.length > 0 && (
          <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('sso.metadata.formats', {
              formats: read.data.nameIdFormats.map((format) => format.split(':').at(-1)).join(', '),
            })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
