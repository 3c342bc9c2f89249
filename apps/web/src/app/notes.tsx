// Of its own, so that what draws notes comes after the first paint; those who leave them need only their store.
export { Notifications as default } from '@mantine/notifications';
