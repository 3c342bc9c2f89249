export { expect } from '@playwright/test';
export { type Api, accepted } from './api.ts';
export { apiOf } from './api-of-context.ts';
export { Directory, type NewPerson, newPassword, type Organization, type Person, unique } from './directory.ts';
export { type Enrolled, enroll } from './enrollment.ts';
export { type Fault, test } from './fixtures.ts';
export { parseKeyUri, type TotpAccount } from './key-uri.ts';
export type { Mail } from './mail/mail.ts';
export { Mailbox } from './mailbox.ts';
export { AccountMenu } from './pages/account-menu.ts';
export { AppReminder } from './pages/app-reminder.ts';
export { AuditPage } from './pages/audit-page.ts';
export { BackupCodeTestDialog } from './pages/backup-code-test-dialog.ts';
export { ChangePasswordPage } from './pages/change-password-page.ts';
export { ChoosePasswordPage } from './pages/choose-password-page.ts';
export { ConfirmIdentityDialog } from './pages/confirm-identity-dialog.ts';
export { downloaded } from './pages/downloaded.ts';
export { ForgotPasswordPage } from './pages/forgot-password-page.ts';
export { GlobalSettingsPage } from './pages/global-settings-page.ts';
export { LinkAccountPage } from './pages/link-account-page.ts';
export { LinkedAccountsPage } from './pages/linked-accounts-page.ts';
export { MfaSettingsPage } from './pages/mfa-settings-page.ts';
export { NewUserPage } from './pages/new-user-page.ts';
export { OrganizationsPage } from './pages/organizations-page.ts';
export { SecurityPage } from './pages/security-page.ts';
export { ServiceAccountsPage } from './pages/service-accounts-page.ts';
export { SessionsPage } from './pages/sessions-page.ts';
export { SignInPage } from './pages/sign-in-page.ts';
export { type ProviderKind, SsoSettingsPage } from './pages/sso-settings-page.ts';
export { UserEditPage } from './pages/user-edit-page.ts';
export { UsersPage } from './pages/users-page.ts';
export { VerifyPage } from './pages/verify-page.ts';
export { readQrCode } from './qr-code.ts';
export type { Server } from './running.ts';
export { SecurityKey } from './security-key.ts';
export { newSeed, type Seed } from './seed.ts';
export { type CommandResult, Sallyport, type StartOptions } from './server.ts';
export { ServiceClock, type Span } from './service-clock.ts';
export { type Credentials, signIn } from './sign-in.ts';
export type {
  MailSource,
  RunningTarget,
  SallyportOptions,
  SallyportTarget,
  StartedTarget,
  TestModeTarget,
} from './target.ts';
export { createTenant, eraseTenant, seedPartner, seedTenant, type Tenant } from './tenant.ts';
export { type SeededPeople, type ShownCode, TestMode } from './test-mode.ts';
export { VirtualAuthenticator } from './virtual-authenticator.ts';
