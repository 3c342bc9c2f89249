/** What does not need Playwright: for flows with WebdriverIO, Cypress, or whatever drives a browser or none. */
export { type Api, accepted } from './api.ts';
export type { Cookie } from './cookies.ts';
export { Directory, type NewPerson, newPassword, type Organization, type Person, unique } from './directory.ts';
export { type Enrolled, enroll } from './enrollment.ts';
export { parseKeyUri, type TotpAccount } from './key-uri.ts';
export type { Mail } from './mail/mail.ts';
export { Mailbox } from './mailbox.ts';
export { readQrCode } from './qr-code.ts';
export { newSeed, type Seed } from './seed.ts';
export { type CommandResult, Sallyport, type StartOptions } from './server.ts';
export { ServiceClock, type Span } from './service-clock.ts';
export { type Credentials, signIn } from './sign-in.ts';
export type { MailSource } from './target.ts';
export { createTenant, eraseTenant, seedPartner, seedTenant, type Tenant } from './tenant.ts';
export { type SeededPeople, type ShownCode, TestMode } from './test-mode.ts';
export { VirtualAuthenticator } from './virtual-authenticator.ts';
export { signInAt, type Visitor, visitorOf } from './visitor.ts';
