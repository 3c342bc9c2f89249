import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface FormButtonsProps {
  submit: string;
  isPending: boolean;
  onCancel: () => void;
  dangerous?: boolean;
}

/** `Cancel`, and the button that sends the form. */
export function FormButtons({ submit, isPending, onCancel, dangerous }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        {t('ui.cancel')}
      </Button>
      <Button type="submit" loading={isPending} {...(dangerous ? { color: 'red' } : {})}>
        {submit}
      </Button>
    </Group>
  );
}
