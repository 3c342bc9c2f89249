import { Sallyport } from '@sallyport/testkit';

export interface Account {
  email: string;
  password: string;
}

/** The built product on a new embedded database, with accounts that may sign in. */
export async function startWithAccounts(count: number): Promise<{ sallyport: Sallyport; accounts: Account[] }> {
  const password = 'quarry lantern thistle 9';
  const accounts = Array.from({ length: count }, (_, i) => ({ email: `bench-${i}@people.example`, password }));
  const sallyport = new Sallyport();
  await sallyport.seed({
    partners: [
      {
        slug: 'bench',
        name: 'Bench',
        users: accounts.map((account, i) => ({ ...account, name: `Bench ${i}`, role: 'member', access: 'read_only' })),
        customers: [],
      },
    ],
  });
  await sallyport.start();
  return { sallyport, accounts };
}

/** Signs in and gives the cookies to send back. */
export async function cookiesOf(sallyport: Sallyport, account: Account): Promise<string> {
  const response = await fetch(`${sallyport.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
