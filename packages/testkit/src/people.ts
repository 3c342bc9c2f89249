/** People and their authenticators, for tests that are none of Playwright's. */
export { newPassword } from './directory.ts';
export { type Enrolled, enroll } from './enrollment.ts';
