import type { SallyportClient } from '@sallyport/client';
import { createContext, createElement, type ReactNode, useContext } from 'react';

const Client = createContext<SallyportClient | null>(null);

/** Gives the hooks below it the client of the application, of which there is one. */
export function SallyportProvider({ client, children }: { client: SallyportClient; children?: ReactNode }) {
  return createElement(Client.Provider, { value: client }, children);
}

/** The client of the application. @throws Error outside of a `SallyportProvider` */
export function useSallyport(): SallyportClient {
  const client = useContext(Client);
  if (!client) throw new Error('There is no SallyportProvider around this component.');
  return client;
}
