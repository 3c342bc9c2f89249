import { mayReadAdministration } from '@sallyport/core';
import { createBrowserRouter, type LoaderFunctionArgs, redirect } from 'react-router';
import { managesCustomers } from '../base/session/me.tsx';
import { signInPath } from '../base/session/return-to.ts';
import { session } from '../base/session/session.ts';
import { NotFoundPage } from '../ui/message-page.tsx';
import { followSession } from './follow-session.ts';
import { AnonymousLayout } from './layout/anonymous-layout.tsx';
import { ErrorPage } from './pages/error-page.tsx';
import { LoadingPage } from './pages/loading-page.tsx';
import { RequireRole } from './require-role.tsx';

async function requireSession({ request }: LoaderFunctionArgs) {
  if (await session.load()) return null;
  const { pathname, search, hash } = new URL(request.url);
  throw redirect(signInPath(pathname + search + hash));
}

/** In place of a layout that could not be shown. */
const wholeErrorPage = (
  <AnonymousLayout>
    <ErrorPage />
  </AnonymousLayout>
);

export const router = createBrowserRouter([
  {
    errorElement: wholeErrorPage,
    hydrateFallbackElement: <LoadingPage />,
    children: [
      {
        element: <AnonymousLayout />,
        errorElement: wholeErrorPage,
        children: [
          { path: '/sign-in', lazy: () => import('../features/sign-in/sign-in-page.tsx') },
          { path: '/sign-in/verify', lazy: () => import('../features/sign-in/verify-page.tsx') },
          { path: '/forgot-password', lazy: () => import('../features/sign-in/forgot-password-page.tsx') },
          { path: '/reset-password', lazy: () => import('../features/sign-in/reset-password-page.tsx') },
          { path: '/not-me', lazy: () => import('../features/sign-in/not-me-page.tsx') },
          { path: '/recover/*', lazy: () => import('../features/sign-in/recovery-pages.tsx') },
          { path: '/link-account', lazy: () => import('../features/sign-in/link-account-page.tsx') },
          { path: '/accept-invitation', lazy: () => import('../features/sign-in/accept-invitation-page.tsx') },
        ],
      },
      {
        lazy: () => import('./layout/signed-in-layout.tsx'),
        errorElement: wholeErrorPage,
        loader: requireSession,
        children: [
          {
            errorElement: <ErrorPage />,
            children: [
              { index: true, lazy: () => import('../features/home/home-page.tsx') },
              {
                path: '/account',
                lazy: () => import('../features/account/account-layout.tsx'),
                children: [
                  { index: true, lazy: () => import('../features/account/profile-page.tsx') },
                  { path: 'security', lazy: () => import('../features/account/security-page.tsx') },
                  { path: 'mfa', lazy: () => import('../features/mfa/mfa-page.tsx') },
                  { path: 'identities', lazy: () => import('../features/account/identities-page.tsx') },
                  { path: 'sessions', lazy: () => import('../features/account/sessions-page.tsx') },
                  { path: 'password', lazy: () => import('../features/account/password-page.tsx') },
                ],
              },
              {
                element: <RequireRole allows={mayReadAdministration} />,
                children: [
                  { path: '/users', lazy: () => import('../features/users/users-page.tsx') },
                  { path: '/users/new', lazy: () => import('../features/users/new-user-page.tsx') },
                  { path: '/users/:id/edit', lazy: () => import('../features/users/edit-user-page.tsx') },
                  {
                    path: '/settings',
                    children: [
                      { index: true, loader: () => redirect('/settings/global') },
                      { path: 'global', lazy: () => import('../features/settings/global-settings-page.tsx') },
                      { path: 'sso', lazy: () => import('../features/sso/sso-page.tsx') },
                      {
                        path: 'service-accounts',
                        lazy: () => import('../features/service-accounts/service-accounts-page.tsx'),
                      },
                      { path: 'sso/new', lazy: () => import('../features/sso/new-connection-page.tsx') },
                      { path: 'sso/:connectionId', lazy: () => import('../features/sso/connection-page.tsx') },
                    ],
                  },
                  { path: '/audit', lazy: () => import('../features/audit/audit-page.tsx') },
                ],
              },
              {
                element: <RequireRole allows={managesCustomers} />,
                children: [
                  { path: '/organizations', lazy: () => import('../features/organizations/organizations-page.tsx') },
                  { path: '/organizations/:id', lazy: () => import('../features/organizations/organization-page.tsx') },
                ],
              },
            ],
          },
        ],
      },
      { path: '*', element: <AnonymousLayout />, children: [{ path: '*', element: <NotFoundPage /> }] },
    ],
  },
]);

followSession(router);
