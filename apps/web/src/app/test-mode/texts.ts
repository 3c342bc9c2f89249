export const testMode = {
  title: 'Test mode',
  text: 'Tests move the time of this service, read its mails and remove its tenants. Enter nothing real.',
} as const;
