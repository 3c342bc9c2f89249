/** The chapters of the API, in the order in which somebody meets them. Every operation is in one. */
export const tags = [
  { name: 'Sign-in', description: 'Password, then the second step where MFA is on. Sets the cookies of the session.' },
  { name: 'Sessions', description: 'Continuing, listing and ending sessions.' },
  { name: 'Account', description: 'The signed-in user.' },
  { name: 'MFA', description: 'The second factors and backup codes of the signed-in user.' },
  { name: 'Linked identities', description: 'Accounts at identity providers that users come in with.' },
  { name: 'Password and invitation by mail', description: 'What the links in mails open. None needs a session.' },
  { name: 'Users', description: 'For admins: the people of the organizations they manage.' },
  { name: 'Personal data', description: 'What is kept of a person: everything of it, to give out or to erase.' },
  { name: 'Organizations', description: 'For admins: partners, their customers, and the settings of each.' },
  { name: 'Domains', description: 'For admins: the email domains of an organization, proved by a DNS record.' },
  { name: 'Single sign-on', description: 'Connections to identity providers, and the way through them.' },
  { name: 'Service accounts', description: 'Programs that call the API with a key of their own.' },
  { name: 'Audit', description: 'For admins: what happened.' },
  { name: 'Problems', description: 'What the errors mean.' },
];
