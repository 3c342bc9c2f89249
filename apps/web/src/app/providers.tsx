import { MantineProvider } from '@mantine/core';
import { SallyportProvider } from '@sallyport/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { RouterProvider } from 'react-router/dom';
import { api } from '../base/api/client.ts';
import { Announcer } from '../ui/announcer.tsx';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';
import { isTestMode } from './test-mode/is-test-mode.ts';
import { cssVariablesResolver, theme } from './theme.ts';

/** Notes wait in their store until it is here. */
const Notifications = lazy(() => import('./notes.tsx'));

/** Nobody else loads it. */
const TestModeNotice = isTestMode() ? lazy(() => import('./test-mode/test-mode-notice.tsx')) : null;

export function Providers() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <SallyportProvider client={api}>
        <QueryClientProvider client={queryClient}>
          <Announcer />
          <Suspense>
            <Notifications position="bottom-right" autoClose={6000} limit={3} />
          </Suspense>
          <Suspense>{TestModeNotice && <TestModeNotice />}</Suspense>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </SallyportProvider>
    </MantineProvider>
  );
}
