import { Alert } from '@mantine/core';
import { mayChangeAdministration } from '@sallyport/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../base/session/me.tsx';

/** A note at the top of a page or a form, such as why it is locked. */
export function Note({ children }: { children: string }) {
  return (
    <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
      {children}
    </Alert>
  );
}

/** Tells admins who may only look why nothing can be changed; nothing for others. */
export function ReadOnlyNote() {
  const { t } = useTranslation();
  return mayChangeAdministration(useMe()) ? null : <Note>{t('ui.readOnly')}</Note>;
}
