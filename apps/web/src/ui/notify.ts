import { type NotificationData, notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Shows a notice at the edge of the page; it is read out at once. One with the same id takes its place. */
export function notify(notice: NotificationData): void {
  if (notice.id) notifications.hide(notice.id);
  notifications.show({ closeButtonProps: { 'aria-label': i18next.t('ui.close') }, ...notice });
}
