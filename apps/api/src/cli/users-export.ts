import { withServices } from './open.ts';

/** For a person who asks what is kept of it. */
export async function exportUser(user: string): Promise<void> {
  const data = await withServices(({ services }) => services.personalDataExport.byOperator(user));
  process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
}
