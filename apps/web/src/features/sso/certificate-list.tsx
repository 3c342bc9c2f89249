import { Badge, Button, Checkbox, Group, Input, Stack, Text } from '@mantine/core';
import { certificateValidity } from '@sallyport/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from '../../ui/rows.tsx';
import type { Certificate } from './draft.ts';
import type { ConnectionFormState } from './fields.ts';
import classes from './sso.module.css';

interface CertificateListProps {
  certificates: readonly Certificate[];
  trusted: ReadonlySet<string>;
  error: ReactNode;
  /** Of the box that says that new ones were compared. */
  comparedProps: ReturnType<ConnectionFormState['getInputProps']>;
  writable: boolean;
  onChange: (certificates: Certificate[]) => void;
}

const colors = { valid: 'gray', expires_soon: 'yellow', expired: 'red', not_yet_valid: 'yellow' } as const;
const words = {
  valid: 'validUntil',
  expires_soon: 'expiresSoon',
  expired: 'expired',
  not_yet_valid: 'notYet',
} as const;

/** The certificates whose signature is trusted. A new one counts once its fingerprint was compared. */
export function CertificateList(props: CertificateListProps) {
  const { certificates, trusted, error, comparedProps, writable, onChange } = props;
  const { t, i18n } = useTranslation();
  const someNew = certificates.some(({ fingerprint }) => !trusted.has(fingerprint));
  const day = (time: Date) => time.toLocaleDateString(i18n.language, { dateStyle: 'medium' });

  return (
    <Stack gap="xs" role="group" aria-labelledby="certificates">
      <Text fz="sm" fw={500} id="certificates">
        {t('sso.certificates.title')}
      </Text>
      {certificates.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('sso.certificates.none')}
        </Text>
      )}
      <Rows>
        {certificates.map(({ fingerprint, subject, ...certificate }) => {
          const notBefore = new Date(certificate.notBefore);
          const notAfter = new Date(certificate.notAfter);
          const validity = certificateValidity({ notBefore, notAfter }, new Date());
          return (
            <li key={fingerprint}>
              <Group justify="space-between" align="flex-start" gap="xs">
                <Text fz="sm" className={classes.name}>
                  {subject}
                </Text>
                <Group gap="xs">
                  {!trusted.has(fingerprint) && <Badge variant="light">{t('sso.certificates.isNew')}</Badge>}
                  <Badge variant="light" color={colors[validity]}>
                    {t(`sso.certificates.${words[validity]}`, {
                      date: day(validity === 'not_yet_valid' ? notBefore : notAfter),
                    })}
                  </Badge>
                  {writable && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      aria-label={t('sso.certificates.removeNamed', { fingerprint })}
                      onClick={() => onChange(certificates.filter((other) => other.fingerprint !== fingerprint))}
                    >
                      {t('sso.certificates.remove')}
                    </Button>
                  )}
                </Group>
              </Group>
              <Text fz="xs" c="dimmed">
                {t('sso.certificates.fingerprint')}
              </Text>
              <span className={classes.fingerprint}>{fingerprint}</span>
            </li>
          );
        })}
      </Rows>
      {error && <Input.Error role="alert">{error}</Input.Error>}
      {writable && someNew && (
        <Checkbox
          label={t('sso.certificates.confirm')}
          description={t('sso.certificates.confirmHint')}
          aria-required
          {...comparedProps}
        />
      )}
    </Stack>
  );
}
