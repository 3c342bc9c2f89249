import { Badge, Button, Checkbox, Group, Input, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from '../../ui/rows.tsx';
import { validityOf } from './certificate-validity.ts';
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

const colors = { valid: 'gray', soon: 'yellow', expired: 'red', notYet: 'yellow' } as const;
const words = { valid: 'validUntil', soon: 'expiresSoon', expired: 'expired', notYet: 'notYet' } as const;

/** The certificates whose signature is trusted. A new one counts once its fingerprint was compared. */
export function CertificateList(props: CertificateListProps) {
  const { certificates, trusted, error, comparedProps, writable, onChange } = props;
  const { t, i18n } = useTranslation();
  const someNew = certificates.some(({ fingerprint }) => !trusted.has(fingerprint));
  const day = (time: string) => new Date(time).toLocaleDateString(i18n.language, { dateStyle: 'medium' });

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
        {certificates.map(({ fingerprint, subject, notBefore, notAfter }) => {
          const validity = validityOf({ notBefore, notAfter }, Date.now());
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
                      date: day(validity === 'notYet' ? notBefore : notAfter),
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
