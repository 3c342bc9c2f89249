import { Anchor, Text } from '@mantine/core';
import { type NotificationData, notifications } from '@mantine/notifications';
import i18next from 'i18next';

interface Notice extends Omit<NotificationData, 'message'> {
  message?: string;
  /** What can be done about it: a link below the message, which takes the notice away. */
  action?: { label: string; run: () => void } | false;
}

/** Shows a notice at the edge of the page; it is read out at once. One with the same id takes its place. */
export function notify({ message, action, ...notice }: Notice): void {
  if (notice.id) notifications.hide(notice.id);
  const id = notifications.show({
    closeButtonProps: { 'aria-label': i18next.t('ui.close') },
    ...notice,
    message: (
      <>
        {message && <Text fz="sm">{message}</Text>}
        {action && (
          <Anchor component="button" type="button" fz="sm" onClick={() => act()}>
            {action.label}
          </Anchor>
        )}
      </>
    ),
  });
  const act = () => {
    notifications.hide(id);
    if (action) action.run();
  };
}
