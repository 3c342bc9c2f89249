/** Texts by `code`, only where they help more than the title and detail that the service sends. */
export const problem = {
  requestId: 'For support: request {{id}}',
  retryIn: 'You can try again in {{time}}.',
  retryNow: 'You can try again now.',
  unexpected: {
    title: 'Something went wrong',
    text: 'Try again. If it happens again, tell support what you were doing.',
  },
  codes: {
    network: {
      title: 'No connection to the service',
      text: 'Check your internet connection and try again. Nothing was changed.',
    },
    unexpected: { title: 'Something went wrong', text: 'Try again. If it happens again, contact support.' },
    internal_error: {
      title: 'Something went wrong on our side',
      text: 'Try again. If it happens again, contact support and give them the request number below.',
    },
    unavailable: {
      title: 'The service is not available right now',
      text: 'This usually passes within a minute. Your data is safe; try again shortly.',
    },
    overloaded: {
      title: 'The service is very busy',
      text: 'Many people are signing in at this moment. Try again shortly.',
    },
    invalid_credentials: {
      title: 'The email or the password is wrong',
      text: 'Check both and try again. Passwords are case-sensitive.',
    },
    invalid_code: { title: 'The code is wrong or was already used' },
    too_many_attempts: {
      title: 'Too many attempts',
      text: 'To protect the account, further attempts are refused for a while.',
    },
    unauthenticated: { title: 'You are signed out', text: 'Sign in again to go on.' },
    session_expired: { title: 'Your session has ended', text: 'Sign in again to go on.' },
    local_sign_in_disabled: {
      title: 'Your organization signs in through single sign-on',
      text: 'Signing in with a password is switched off. Use the button of your company’s sign-in, or ask an administrator.',
    },
    cross_site_request: {
      title: 'The request was refused for safety',
      text: 'Load the page again from its own address and try once more.',
    },
    email_taken: { title: 'Another user has this email address' },
    slug_taken: { title: 'Another organization has this short name' },
    no_working_sso: { title: 'Nobody could sign in any more' },
    invalid_token: { title: 'This link does not work any more' },
  },
} as const;
