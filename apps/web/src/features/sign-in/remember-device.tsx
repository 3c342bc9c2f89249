import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface RememberDeviceProps {
  days: number;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** The box that has this browser stand for the second step from now on, and what that means. */
export function RememberDevice({ days, checked, onChange }: RememberDeviceProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      label={t('signIn.verify.rememberDevice')}
      description={t('signIn.verify.rememberDeviceHint', { count: days })}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
