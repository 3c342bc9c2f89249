import { createSallyportClient } from '@sallyport/client';
import { SallyportProvider } from '@sallyport/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const client = createSallyportClient({ baseUrl: import.meta.env.VITE_SALLYPORT_URL ?? 'http://localhost:3000' });

createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <SallyportProvider client={client}>
      <App />
    </SallyportProvider>
  </StrictMode>,
);
